"""Words of one version and those after it: `text/<version>/<locale>.yaml` has only what differs from then on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rubric.document import Document, read_document
from rubric.faults import Fault
from rubric.findings import Findings
from rubric.layering import SECTIONS, TextPatch, gaps, layered
from rubric.model import Version
from rubric.outline import Outline
from rubric.parts import Identifier, Source
from rubric.salvage import checked
from rubric.texts import Locale, SchemeText
from rubric.validate import build, unknown
from rubric.words import content_faults


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

    def find(patch: VersionText) -> list[Fault]:
        found = [document.fault(*each) for each in (*_place(patch, document), *_unknown(patch, outlines))]
        return found if base is None or found else _content(patch, document, base, outlines)

    return checked(VersionText, document, find, {})


def _place(patch: VersionText, document: Document) -> Findings:
    scheme, version = document.path.resolve().parents[2].name, document.path.parent.name
    for key, value, wanted in (
        ("scheme", patch.scheme, scheme),
        ("version", patch.version, version),
        ("locale", patch.locale, document.path.stem),
    ):
        if value != wanted:
            yield (key,), "place", f"'{value}' lies where '{wanted}' belongs; the two must be the same"


def _unknown(patch: VersionText, outlines: Sequence[Outline]) -> Findings:
    for section in SECTIONS if outlines else ():
        known = [outline.ids.get(section) for outline in outlines]
        if section not in ("bonus", "untrue") and all(each is not None for each in known):
            wanted = sorted({name for each in known for name in each or ()})
            for name in getattr(patch, section):
                if name not in wanted:
                    yield (section, name), "unknown_key", unknown(name, wanted)


def _content(
    patch: VersionText, document: Document, base: SchemeText, outlines: Sequence[Outline]
) -> list[Fault]:
    lacking = [
        document.fault(
            where, "missing", f"'{name}' is missing; '{where[-1]}' has no words before this version"
        )
        for where, name in gaps(base, patch)
    ]
    if lacking:
        return lacking
    own = document.places.keys()
    return [fault for fault in content_faults(layered(base, patch), document, outlines) if fault.where in own]
