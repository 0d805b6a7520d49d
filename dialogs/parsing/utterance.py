"""A typed text with its readings, each made once and only when it is needed."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dialogs.parsing import clauses, intents, numerals, sample_counts
from dialogs.parsing.sample_counts import SampleCounts


@dataclass(frozen=True)
class Utterance:
    """A text as it was typed."""

    text: str

    @cached_property
    def normalized(self) -> str:
        return intents.normalize(self.text)

    @cached_property
    def comparison(self) -> str:
        return intents.trim_punctuation(self.normalized)

    @cached_property
    def cleaned(self) -> str:
        return intents.clean_text(self.text)

    @property
    def one_line(self) -> str:
        """The cleaned text with every run of white space as one space."""
        return " ".join(self.cleaned.split())

    @cached_property
    def meanings(self) -> frozenset[str]:
        return intents.meanings_of(self.comparison)

    @cached_property
    def sample(self) -> SampleCounts | None:
        return sample_counts.parse_sample(self.normalized)

    @cached_property
    def count(self) -> int | None:
        return numerals.parse_count(self.normalized)

    @cached_property
    def clause(self) -> str | None:
        return clauses.parse_clause(self.normalized)

    @cached_property
    def clause_answer(self) -> "ClauseAnswer | None":
        parts = clauses.split_clause_answer(self.normalized)
        return ClauseAnswer(*map(Utterance, parts)) if parts else None


class ClauseAnswer(NamedTuple):
    """A clause and the words after it."""

    clause: Utterance
    answer: Utterance
