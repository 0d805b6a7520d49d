"""The words of a scheme in one language, apart from its structure."""

from typing import Annotated

from pydantic import Field

from rubric.parts import Identifier, Part, Source

LONGEST_SHORT = 60
Short = Annotated[str, Field(min_length=1, max_length=LONGEST_SHORT)]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
LOCALE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
Locale = Annotated[
    str,
    Field(
        pattern=LOCALE,
        description="a language code such as en, zh-Hans or pt-BR",
    ),
]


class IndicatorText(Part):
    """What a contact is shown of an indicator; `sample` (what to draw, how many) only where samples count."""

    title: Short
    question: Sentence
    reviewer: Sentence
    evidence: Annotated[tuple[Sentence, ...], Field(min_length=3, max_length=3)]
    pitfall: Sentence
    sample: Sentence | None = None


class EligibilityText(Part):
    title: Short
    question: Sentence
    why: Sentence
    remedy: Sentence


class FigureText(Part):
    label: Short
    question: Sentence
    hint: Sentence


class KindText(Part):
    label: Short
    hint: Sentence


class BonusText(Part):
    label: Short
    question: Sentence
    hint: Sentence


class SchemeText(Part):
    """All words of one scheme in one locale; the keys are the ids of the structure."""

    scheme: Identifier
    locale: Locale
    source: Source
    title: Short
    short: Short
    about: Sentence
    groups: dict[Identifier, Short]
    grades: dict[Identifier, Short]
    eligibility: dict[Identifier, EligibilityText]
    figures: dict[Identifier, FigureText]
    deductions: dict[Identifier, KindText]
    bonus: BonusText
    untrue: Sentence
    indicators: dict[Identifier, IndicatorText]

    @property
    def name(self) -> str:
        """What people call the scheme."""
        return self.short

    def clause(self, indicator: str) -> str:
        """How people are shown the indicator's id."""
        return indicator
