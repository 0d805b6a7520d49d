"""Scheme files read and checked: what has a fault is not loaded, so no grade ever comes of a wrong scheme."""

from collections.abc import Iterable
from pathlib import Path

from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.parsing.document import Document, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.parsing.recovery import Find, Wrong, checked
from rubric.parsing.violations import Findings, named_as_file, named_as_folder
from rubric.rules.scheme import HANGING, structure_faults
from rubric.rules.text_ids import Outline, outline
from rubric.rules.texts import HANGING_WORDS, word_faults


def load_scheme(path: Path) -> Scheme:
    """The scheme in a version file. Raises FaultsFoundError with every fault of form, or of meaning."""
    return check_scheme(read_document(path))


def load_text(path: Path, schemes: Iterable[Scheme] = (), *, has_drafts: bool = False) -> SchemeText:
    """The words in a text file, checked against `schemes`, all their versions. Raises FaultsFoundError.

    Where there are drafts of further versions beside them, the file may have words that only those need.
    """
    document = read_document(path)
    try:
        return check_text(document, [outline(scheme.model_dump(mode="json")) for scheme in schemes])
    except FaultsFoundError as error:
        if not has_drafts or not all(_is_of_no_version(fault) for fault in error.faults):
            raise
    return check_text(document, ())


def _is_of_no_version(fault: Fault) -> bool:
    section_and_id = 2
    return fault.code == "unknown_key" and len(fault.where) == section_and_id


def _nothing(_: Scheme, __: Wrong) -> Findings:
    yield from ()


def check_scheme(document: Document, also: Find[Scheme] = _nothing) -> Scheme:
    """The scheme in a document at <id>/<version>.yaml. Raises FaultsFoundError, what `also` finds among the faults."""

    def find(scheme: Scheme, wrong: Wrong) -> Findings:
        yield from named_as_folder("id", scheme.id, document.path.resolve().parent)
        yield from named_as_file("version", scheme.version, document.path)
        yield from structure_faults(scheme, wrong)
        yield from also(scheme, wrong)

    return checked(Scheme, document, find, HANGING)


def check_text(document: Document, outlines: Iterable[Outline]) -> SchemeText:
    """The words in a document at <scheme>/text/<locale>.yaml. Raises FaultsFoundError."""
    known = list(outlines)
    return checked(SchemeText, document, lambda text, _: word_faults(text, document, known), HANGING_WORDS)
