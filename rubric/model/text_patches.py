"""Patches of scheme texts, for a later version or for an overlay: only the fields that differ."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from rubric.model.fields import Identifier, SchemePart
from rubric.model.texts import (
    DeductionText,
    EligibilityText,
    FigureText,
    IndicatorText,
    SchemeText,
    Sentence,
    ShortText,
)
from rubric.parsing.document import YamlPath
from rubric.parsing.placeholder_values import PlaceholderValues

PatchEntry: TypeAlias = tuple[YamlPath, Any]
"""The path of a field that a patch sets, and its text."""


class IndicatorPatch(SchemePart):
    """The changed texts of an indicator; those left out stay."""

    title: ShortText | None = None
    question: Sentence | None = None
    reviewer: Sentence | None = None
    evidence: Annotated[tuple[Sentence, ...] | None, Field(min_length=3, max_length=3)] = None
    pitfall: Sentence | None = None
    sample: Sentence | None = None


class EligibilityPatch(SchemePart):
    title: ShortText | None = None
    question: Sentence | None = None
    why: Sentence | None = None
    remedy: Sentence | None = None


class FigurePatch(SchemePart):
    label: ShortText | None = None
    question: Sentence | None = None
    hint: Sentence | None = None


class DeductionPatch(SchemePart):
    label: ShortText | None = None
    hint: Sentence | None = None


class TextPatch(SchemePart):
    """The changed texts by the sections and ids of SchemeText; a new id needs all of its texts."""

    groups: dict[Identifier, ShortText] = Field(default_factory=dict)
    grades: dict[Identifier, ShortText] = Field(default_factory=dict)
    eligibility: dict[Identifier, EligibilityPatch] = Field(default_factory=dict)
    figures: dict[Identifier, FigurePatch] = Field(default_factory=dict)
    deductions: dict[Identifier, DeductionPatch] = Field(default_factory=dict)
    bonus: FigurePatch | None = None
    untrue: Sentence | None = None
    indicators: dict[Identifier, IndicatorPatch] = Field(default_factory=dict)


PATCH_SECTIONS = tuple(TextPatch.model_fields)
_FULL_MODELS: dict[str, type[SchemePart]] = {
    "eligibility": EligibilityText,
    "figures": FigureText,
    "deductions": DeductionText,
    "indicators": IndicatorText,
}


def patch_entries(patch: TextPatch) -> Iterator[PatchEntry]:
    """Yield every field that the patch sets, with its path; a list of sentences is one field."""
    given = patch.model_dump(include=set(PATCH_SECTIONS), exclude_none=True)
    for section, said in given.items():
        if not isinstance(said, Mapping):
            yield (section,), said
            continue
        for key, words in said.items():
            if isinstance(words, Mapping):
                yield from (((section, key, field), value) for field, value in words.items())
            else:
                yield (section, key), words


def missing_entries(text: SchemeText, patch: TextPatch) -> Iterator[tuple[YamlPath, str]]:
    """Yield the required texts that a new id lacks: its path and the field."""
    for section, model in _FULL_MODELS.items():
        for key, words in getattr(patch, section).items():
            if key in getattr(text, section):
                continue
            for name, field in model.model_fields.items():
                if field.is_required() and getattr(words, name) is None:
                    yield (section, key), name


def stand_in_entries(text: SchemeText, patch: TextPatch) -> dict[YamlPath, Any]:
    """Return placeholders for the missing texts, so that the others can be checked."""
    return {
        (*where, name): PlaceholderValues(1).one(_FULL_MODELS[str(where[0])], (name,))
        for where, name in missing_entries(text, patch)
    }


def apply_patch(text: SchemeText, given: Mapping[YamlPath, Any] | TextPatch) -> SchemeText:
    """Return `text` with the patch applied.

    Raises pydantic.ValidationError where a new id lacks texts.
    """
    fields = dict(patch_entries(given)) if isinstance(given, TextPatch) else given
    value = text.model_dump()
    for where, words in fields.items():
        here: dict[str | int, Any] = value  # type: ignore[assignment]
        for step in where[:-1]:
            here = here.setdefault(step, {})
        here[where[-1]] = words
    return type(text).model_validate(value)
