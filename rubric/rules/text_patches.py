"""The rules for text patches: known ids, no missing texts, and the rules of texts for the result."""

from collections.abc import Iterator, Sequence

from rubric.model.text_patches import TextPatch, apply_patch, missing_entries, patch_entries, stand_in_entries
from rubric.model.texts import SchemeText
from rubric.parsing.document import YamlPath
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations
from rubric.rules.text_ids import ID_SECTIONS, SchemeOutline
from rubric.rules.texts import content_violations, known_ids


def patch_violations(
    patch: TextPatch, base: SchemeText, outlines: Sequence[SchemeOutline], new: str
) -> Violations:
    """Check a patch and the texts that result from it. `new` is the reason why a new id needs all texts."""
    yield from unknown_id_violations(patch, outlines)
    known = set(_known_paths(patch, outlines))
    for where, name in missing_entries(base, patch):
        if where in known:
            yield (*where, name), "missing", f"'{name}' is missing; '{where[-1]}' {new}"
    yield from _merged_text_violations(patch, base, outlines)


def unknown_id_violations(patch: TextPatch, outlines: Sequence[SchemeOutline]) -> Violations:
    """Check that every id exists in a version."""
    for section in ID_SECTIONS:
        wanted = known_ids(outlines, section)
        if wanted is None:
            continue
        for name in getattr(patch, section):
            if name not in wanted:
                yield (section, name), "unknown_key", unknown_name_message(name, wanted)


def _known_paths(patch: TextPatch, outlines: Sequence[SchemeOutline]) -> Iterator[YamlPath]:
    for section in ID_SECTIONS:
        yield from ((section, name) for name in known_ids(outlines, section) or ())


def _merged_text_violations(
    patch: TextPatch, base: SchemeText, outlines: Sequence[SchemeOutline]
) -> Violations:
    """Check the resulting texts, without unknown ids."""
    stray = {where for where, _, _ in unknown_id_violations(patch, outlines)}
    given = {where: words for where, words in patch_entries(patch) if where[:2] not in stray}
    filled = {
        where: words for where, words in stand_in_entries(base, patch).items() if where[:2] not in stray
    }
    unsure = {where[:2] for where in filled}
    for where, code, message in content_violations(apply_patch(base, given | filled), outlines):
        if not (code == "placeholder" and where in unsure):
            yield where, code, message
