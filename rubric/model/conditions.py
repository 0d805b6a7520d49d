"""The conditions under which a question is asked.

A condition looks at figures and at answers to indicators that stand before it, never at points: an indicator that
counts, or that a grade needs, may only be asked about having been deleted. So raising an answer never opens or closes
a question, and the way up stays a sum.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.fields import Count, Identifier, SchemePart

ConditionAnswer = Literal["met", "part", "unmet", "na"]
AnswerOutcomes = tuple[ConditionAnswer, ...]
_KINDS = ("figure", "indicator", "all", "any")


class Condition(SchemePart):
    """A condition on a `figure` within limits, on the outcome of an `indicator`, or on `all` or `any` of others.

    An unknown value is outside all limits and has no outcome: `is` is false and `is_not` is true.
    """

    figure: Identifier | None = None
    at_least: Count | None = None
    at_most: Count | None = None
    indicator: Identifier | None = None
    is_: AnswerOutcomes | None = Field(default=None, alias="is", min_length=1)
    is_not: AnswerOutcomes | None = Field(default=None, min_length=1)
    all: tuple["Condition", ...] | None = Field(default=None, min_length=1)
    any: tuple["Condition", ...] | None = Field(default=None, min_length=1)

    @staticmethod
    def sample() -> dict[str, str]:
        """Return a valid condition; no single key is required, but one of several is."""
        return {"figure": "sample", "at_least": "0"}

    @model_validator(mode="after")
    def _one_kind(self) -> "Condition":
        kinds = [kind for kind in _KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ValueError("a condition has exactly one of 'figure', 'indicator', 'all' and 'any'")
        limits = self.at_least is not None or self.at_most is not None
        if limits != (self.figure is not None):
            raise ValueError("'at_least' and 'at_most' go with 'figure', which needs one of them")
        outcomes = (self.is_ is not None) + (self.is_not is not None)
        if outcomes != (self.indicator is not None):
            raise ValueError("'is' and 'is_not' go with 'indicator', which needs one of them")
        return self

    def is_met(self, figures: Mapping[str, int], answers: Mapping[str, Answer]) -> bool:
        """Whether the condition holds; `answers` without those to questions not asked."""
        if self.all is not None:
            return all(each.is_met(figures, answers) for each in self.all)
        if self.any is not None:
            return any(each.is_met(figures, answers) for each in self.any)
        if self.figure is not None:
            return self._within(figures.get(self.figure))
        outcome = answer_outcome(answers.get(self.indicator or ""))
        return outcome in self.is_ if self.is_ is not None else outcome not in (self.is_not or ())

    def _within(self, value: int | None) -> bool:
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


def answer_outcome(answer: Answer | None) -> ConditionAnswer | None:
    """Return the outcome of an answer for conditions; None where there is no answer."""
    match answer:
        case Met():
            return "met"
        case Sampled(sampled, conforming):
            return "met" if conforming == sampled else "part" if conforming else "unmet"
        case Unmet():
            return "unmet"
        case NotApplicable():
            return "na"
        case None:
            return None
