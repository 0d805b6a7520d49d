"""Words laid over words: a patch says only what differs, for a later version of a scheme or for an overlay over it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from rubric.model.fields import Identifier, SchemePart
from rubric.model.texts import (
    EligibilityText,
    FigureText,
    IndicatorText,
    KindText,
    SchemeText,
    Sentence,
    Short,
)
from rubric.parsing.document import Where
from rubric.parsing.placeholder_values import Samples

Leaf: TypeAlias = tuple[Where, Any]
"""A field that a patch gives, and its words."""


class IndicatorPatch(SchemePart):
    """As IndicatorText, of which what is left out stays."""

    title: Short | None = None
    question: Sentence | None = None
    reviewer: Sentence | None = None
    evidence: Annotated[tuple[Sentence, ...] | None, Field(min_length=3, max_length=3)] = None
    pitfall: Sentence | None = None
    sample: Sentence | None = None


class EligibilityPatch(SchemePart):
    title: Short | None = None
    question: Sentence | None = None
    why: Sentence | None = None
    remedy: Sentence | None = None


class FigurePatch(SchemePart):
    label: Short | None = None
    question: Sentence | None = None
    hint: Sentence | None = None


class KindPatch(SchemePart):
    label: Short | None = None
    hint: Sentence | None = None


class TextPatch(SchemePart):
    """The words that differ, by the sections and ids of SchemeText; a new id needs all of its words."""

    groups: dict[Identifier, Short] = Field(default_factory=dict)
    grades: dict[Identifier, Short] = Field(default_factory=dict)
    eligibility: dict[Identifier, EligibilityPatch] = Field(default_factory=dict)
    figures: dict[Identifier, FigurePatch] = Field(default_factory=dict)
    deductions: dict[Identifier, KindPatch] = Field(default_factory=dict)
    bonus: FigurePatch | None = None
    untrue: Sentence | None = None
    indicators: dict[Identifier, IndicatorPatch] = Field(default_factory=dict)


SECTIONS = tuple(TextPatch.model_fields)
_WHOLE: dict[str, type[SchemePart]] = {
    "eligibility": EligibilityText,
    "figures": FigureText,
    "deductions": KindText,
    "indicators": IndicatorText,
}


def leaves(patch: TextPatch) -> Iterator[Leaf]:
    """Every field that the patch gives, with its place; a list of sentences is one field."""
    given = patch.model_dump(include=set(SECTIONS), exclude_none=True)
    for section, said in given.items():
        if not isinstance(said, Mapping):
            yield (section,), said
            continue
        for key, words in said.items():
            if isinstance(words, Mapping):
                yield from (((section, key, field), value) for field, value in words.items())
            else:
                yield (section, key), words


def gaps(text: SchemeText, patch: TextPatch) -> Iterator[tuple[Where, str]]:
    """The words that a new id still lacks: where in the patch, and which."""
    for section, model in _WHOLE.items():
        for key, words in getattr(patch, section).items():
            if key in getattr(text, section):
                continue
            for name, field in model.model_fields.items():
                if field.is_required() and getattr(words, name) is None:
                    yield (section, key), name


def stopgaps(text: SchemeText, patch: TextPatch) -> dict[Where, Any]:
    """Any words in place of those that are missing, so that the others can be judged."""
    return {
        (*where, name): Samples(1).one(_WHOLE[str(where[0])], (name,)) for where, name in gaps(text, patch)
    }


def layered(text: SchemeText, given: Mapping[Where, Any] | TextPatch) -> SchemeText:
    """`text` with the fields of a patch over it; raises pydantic.ValidationError where a new id has `gaps`."""
    fields = dict(leaves(given)) if isinstance(given, TextPatch) else given
    value = text.model_dump()
    for where, words in fields.items():
        here: dict[str | int, Any] = value  # type: ignore[assignment]
        for step in where[:-1]:
            here = here.setdefault(step, {})
        here[where[-1]] = words
    return type(text).model_validate(value)
