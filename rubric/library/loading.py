"""Reading of scheme and text files; a file with a fault is never loaded, so no grade comes from a wrong scheme."""

from collections.abc import Iterable
from pathlib import Path

from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.parsing.document import YamlDocument, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.parsing.recovery import ViolationFinder, WrongPaths, check_document
from rubric.parsing.violations import Violations, file_name_violations, folder_name_violations
from rubric.rules.scheme import DEPENDENT_CODES, scheme_violations
from rubric.rules.text_ids import SchemeOutline, build_outline
from rubric.rules.texts import DEPENDENT_TEXT_CODES, text_violations


def load_scheme(path: Path) -> Scheme:
    """Read the scheme in a version file. Raises FaultsFoundError with every fault."""
    return check_scheme(read_document(path))


def load_text(path: Path, schemes: Iterable[Scheme] = (), *, has_drafts: bool = False) -> SchemeText:
    """Load a text file, checked against all versions in `schemes`. Raises FaultsFoundError.

    Where there are drafts of further versions beside them, the file may have words that only those need.
    """
    document = read_document(path)
    try:
        return check_text(document, [build_outline(scheme.model_dump(mode="json")) for scheme in schemes])
    except FaultsFoundError as error:
        if not has_drafts or not all(_may_be_of_draft(fault) for fault in error.faults):
            raise
    return check_text(document, ())


def _may_be_of_draft(fault: Fault) -> bool:
    section_and_id = 2
    return fault.code == "unknown_key" and len(fault.where) == section_and_id


def _no_violations(_: Scheme, __: WrongPaths) -> Violations:
    yield from ()


def check_scheme(document: YamlDocument, also: ViolationFinder[Scheme] = _no_violations) -> Scheme:
    """Check the scheme in a document at <id>/<version>.yaml, with `also` as a further rule. Raises FaultsFoundError."""

    def find(scheme: Scheme, wrong: WrongPaths) -> Violations:
        yield from folder_name_violations("id", scheme.id, document.path.resolve().parent)
        yield from file_name_violations("version", scheme.version, document.path)
        yield from scheme_violations(scheme, wrong)
        yield from also(scheme, wrong)

    return check_document(Scheme, document, find, DEPENDENT_CODES)


def check_text(document: YamlDocument, outlines: Iterable[SchemeOutline]) -> SchemeText:
    """Check the texts in a document at <scheme>/text/<locale>.yaml. Raises FaultsFoundError."""
    known = list(outlines)
    return check_document(
        SchemeText, document, lambda text, _: text_violations(text, document, known), DEPENDENT_TEXT_CODES
    )
