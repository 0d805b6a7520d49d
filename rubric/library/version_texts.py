"""Words of one version and those after it: `text/<version>/<locale>.yaml` has only what differs from then on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rubric.model.fields import Identifier, Source
from rubric.model.scheme import Version
from rubric.model.text_patches import TextPatch, layered
from rubric.model.texts import Locale, SchemeText
from rubric.parsing.document import Document, read_document
from rubric.parsing.recovery import Wrong, checked
from rubric.parsing.validation import build
from rubric.parsing.violations import Findings, named_as_file, named_as_folder
from rubric.rules.text_ids import Outline
from rubric.rules.text_patches import patch_faults, stray_ids
from rubric.rules.texts import HANGING_WORDS


class VersionText(TextPatch):
    """What version `version` of the scheme words differently, in one locale."""

    scheme: Identifier
    version: Version
    locale: Locale
    source: Source


def patches_in(text_folder: Path, locale: str) -> dict[int, Path]:
    """The files of words by version, of a scheme's `text` folder."""
    found = (each / f"{locale}.yaml" for each in text_folder.glob("*") if each.name.isdecimal())
    return {int(path.parent.name): path for path in sorted(found) if path.is_file()}


def words_at(base: SchemeText, patches: Mapping[int, Path], version: int) -> SchemeText:
    """The words as version `version` has them. Raises FaultsFoundError."""
    text = base
    for number in sorted(number for number in patches if number <= version):
        text = layered(text, build(VersionText, read_document(patches[number])))
    return text


def check_version_text(
    document: Document, base: SchemeText | None, outlines: Sequence[Outline]
) -> VersionText:
    """The words in a document at <scheme>/text/<version>/<locale>.yaml. Raises FaultsFoundError.

    `base` are the scheme's words in that locale, None where they cannot be read.
    """

    def find(patch: VersionText, _: Wrong) -> Findings:
        yield from named_as_folder("scheme", patch.scheme, document.path.resolve().parents[2])
        yield from named_as_folder("version", patch.version, document.path.resolve().parent)
        yield from named_as_file("locale", patch.locale, document.path)
        if base is None:
            yield from stray_ids(patch, outlines)
        else:
            yield from _over(patch, document, base, outlines)

    return checked(VersionText, document, find, HANGING_WORDS)


def _over(patch: VersionText, document: Document, base: SchemeText, outlines: Sequence[Outline]) -> Findings:
    """Of the words at this version: what this file gives."""
    for where, code, message in patch_faults(patch, base, outlines, "has no words before this version"):
        if code == "missing" or where in document.places:
            yield where, code, message
