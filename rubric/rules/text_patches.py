"""What is wrong with words that are laid over others: ids that nobody knows, words that are missing, and the whole."""

from collections.abc import Iterator, Sequence

from rubric.model.text_patches import TextPatch, gaps, layered, leaves, stopgaps
from rubric.model.texts import SchemeText
from rubric.parsing.document import Where
from rubric.parsing.validation import unknown
from rubric.parsing.violations import Findings
from rubric.rules.text_ids import SECTIONS, Outline
from rubric.rules.texts import content_faults, ids_of


def patch_faults(patch: TextPatch, base: SchemeText, outlines: Sequence[Outline], new: str) -> Findings:
    """All of them, those of the whole wherever they lie. `new` says of an id why it needs all of its words."""
    yield from stray_ids(patch, outlines)
    known = set(_known(patch, outlines))
    for where, name in gaps(base, patch):
        if where in known:
            yield (*where, name), "missing", f"'{name}' is missing; '{where[-1]}' {new}"
    yield from _of_the_whole(patch, base, outlines)


def stray_ids(patch: TextPatch, outlines: Sequence[Outline]) -> Findings:
    """Ids that no version has."""
    for section in SECTIONS:
        wanted = ids_of(outlines, section)
        if wanted is None:
            continue
        for name in getattr(patch, section):
            if name not in wanted:
                yield (section, name), "unknown_key", unknown(name, wanted)


def _known(patch: TextPatch, outlines: Sequence[Outline]) -> Iterator[Where]:
    for section in SECTIONS:
        yield from ((section, name) for name in ids_of(outlines, section) or ())


def _of_the_whole(patch: TextPatch, base: SchemeText, outlines: Sequence[Outline]) -> Findings:
    """Of the words that come of it, stray ones left out and missing ones filled in."""
    stray = {where for where, _, _ in stray_ids(patch, outlines)}
    given = {where: words for where, words in leaves(patch) if where[:2] not in stray}
    filled = {where: words for where, words in stopgaps(base, patch).items() if where[:2] not in stray}
    unsure = {where[:2] for where in filled}
    for where, code, message in content_faults(layered(base, given | filled), outlines):
        if not (code == "placeholder" and where in unsure):
            yield where, code, message
