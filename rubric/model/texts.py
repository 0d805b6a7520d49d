"""The texts of a scheme in one language, separate from its structure."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from rubric.model.fields import Identifier, SchemePart, Source

MAX_SHORT_TEXT = 60
ShortText = Annotated[str, Field(min_length=1, max_length=MAX_SHORT_TEXT)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
# Chinese locales name their script: texts in zh-CN would not be shown to users of zh-Hans.
LOCALE_PATTERN = (
    r"^(zh-Han[st](-[A-Z]{2})?|([a-y][a-z]{1,2}|z[a-gi-z][a-z]?|zh[a-z])(-[A-Z][a-z]{3})?(-[A-Z]{2})?)$"
)
Locale = Annotated[
    str,
    Field(
        pattern=LOCALE_PATTERN,
        description="a language code such as en, zh-Hans, zh-Hant or pt-BR",
    ),
]


def nearest_locale(locale: str, available: Sequence[str]) -> str:
    """Return the requested locale, else one of the same language, else the first available."""
    if locale in available:
        return locale
    language = locale.partition("-")[0]
    return next((each for each in available if each.partition("-")[0] == language), available[0])


class IndicatorText(SchemePart):
    """The texts of an indicator; `sample` (what to draw, how many) only for sampled ones."""

    title: ShortText
    question: Sentence
    reviewer: Sentence
    evidence: Annotated[tuple[Sentence, ...], Field(min_length=3, max_length=3)]
    pitfall: Sentence
    sample: Sentence | None = None


class EligibilityText(SchemePart):
    title: ShortText
    question: Sentence
    why: Sentence
    remedy: Sentence


class FigureText(SchemePart):
    label: ShortText
    question: Sentence
    hint: Sentence


class DeductionText(SchemePart):
    label: ShortText
    hint: Sentence


class BonusText(SchemePart):
    label: ShortText
    question: Sentence
    hint: Sentence


class SchemeText(SchemePart):
    """The texts of a scheme in one locale; the keys are the ids of the structure."""

    scheme: Identifier
    locale: Locale
    source: Source
    title: ShortText
    short: ShortText
    about: Sentence
    groups: dict[Identifier, ShortText]
    grades: dict[Identifier, ShortText]
    eligibility: dict[Identifier, EligibilityText]
    figures: dict[Identifier, FigureText]
    deductions: dict[Identifier, DeductionText]
    bonus: BonusText
    untrue: Sentence
    indicators: dict[Identifier, IndicatorText]

    @property
    def name(self) -> str:
        """The usual name of the scheme."""
        return self.short

    def clause_label(self, indicator: str) -> str:
        """Return the label of an indicator's id for display."""
        return indicator
