"""The words of a scheme in one language, apart from its structure."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from rubric.model.fields import Identifier, SchemePart, Source

MAX_SHORT_TEXT = 60
ShortText = Annotated[str, Field(min_length=1, max_length=MAX_SHORT_TEXT)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
# Chinese names its script: words in zh-CN would be shown to nobody who chose zh-Hans.
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
    """Of the languages that there are the one asked for, else the same in another script or country, else the first."""
    if locale in available:
        return locale
    language = locale.partition("-")[0]
    return next((each for each in available if each.partition("-")[0] == language), available[0])


class IndicatorText(SchemePart):
    """What a contact is shown of an indicator; `sample` (what to draw, how many) only where samples count."""

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
    """All words of one scheme in one locale; the keys are the ids of the structure."""

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
        """What people call the scheme."""
        return self.short

    def clause_label(self, indicator: str) -> str:
        """How people are shown the indicator's id."""
        return indicator
