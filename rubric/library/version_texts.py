"""Texts from one version on: `text/<version>/<locale>.yaml` holds only the differences."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rubric.model.fields import Identifier, Source
from rubric.model.scheme import Version
from rubric.model.text_patches import TextPatch, apply_patch
from rubric.model.texts import Locale, SchemeText
from rubric.parsing.document import YamlDocument, read_document
from rubric.parsing.recovery import WrongPaths, check_document
from rubric.parsing.validation import build_model
from rubric.parsing.violations import Violations, file_name_violations, folder_name_violations
from rubric.rules.text_ids import SchemeOutline
from rubric.rules.text_patches import patch_violations, unknown_id_violations
from rubric.rules.texts import DEPENDENT_TEXT_CODES


class VersionText(TextPatch):
    """The texts that version `version` of a scheme changes, in one locale."""

    scheme: Identifier
    version: Version
    locale: Locale
    source: Source


def patch_files(text_folder: Path, locale: str) -> dict[int, Path]:
    """Return the text files by version in a scheme's `text` folder."""
    found = (each / f"{locale}.yaml" for each in text_folder.glob("*") if each.name.isdecimal())
    return {int(path.parent.name): path for path in sorted(found) if path.is_file()}


def text_at_version(base: SchemeText, patches: Mapping[int, Path], version: int) -> SchemeText:
    """Return the texts as of version `version`. Raises FaultsFoundError."""
    text = base
    for number in sorted(number for number in patches if number <= version):
        text = apply_patch(text, build_model(VersionText, read_document(patches[number])))
    return text


def check_version_text(
    document: YamlDocument, base: SchemeText | None, outlines: Sequence[SchemeOutline]
) -> VersionText:
    """Check the texts in a document at <scheme>/text/<version>/<locale>.yaml. Raises FaultsFoundError.

    `base` are the scheme's texts in that locale, None where they cannot be read.
    """

    def find(patch: VersionText, _: WrongPaths) -> Violations:
        yield from folder_name_violations("scheme", patch.scheme, document.path.resolve().parents[2])
        yield from folder_name_violations("version", patch.version, document.path.resolve().parent)
        yield from file_name_violations("locale", patch.locale, document.path)
        if base is None:
            yield from unknown_id_violations(patch, outlines)
        else:
            yield from _violations_in_file(patch, document, base, outlines)

    return check_document(VersionText, document, find, DEPENDENT_TEXT_CODES)


def _violations_in_file(
    patch: VersionText, document: YamlDocument, base: SchemeText, outlines: Sequence[SchemeOutline]
) -> Violations:
    """Keep the violations of texts that this file contains."""
    for where, code, message in patch_violations(patch, base, outlines, "has no words before this version"):
        if code == "missing" or where in document.positions:
            yield where, code, message
