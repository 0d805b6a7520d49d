"""Crosswalks: indicators of two schemes that ask the same, and the answers that carry over.

A tie holds both ways. An indicator has at most one tie that carries answers, so that carrying there and back never
gives an answer that was not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, Unmet
from rubric.model.conditions import ConditionAnswer, answer_outcome
from rubric.model.fields import Identifier, SchemePart, Source
from rubric.model.indicators import Indicator, IndicatorType
from rubric.model.scheme import Scheme, base_scheme_id
from rubric.scoring.score import unasked_indicators

IndicatorIds = Annotated[tuple[Identifier, ...], Field(min_length=1)]


class CrosswalkTie(SchemePart):
    """Indicators of two schemes that ask the same thing together.

    `carry` says whether answers go over or only what bears them out. `any_unmet` says what follows for the one of
    several-to-one where any of the several is unmet.
    """

    from_: IndicatorIds = Field(alias="from")
    to: IndicatorIds
    carry: Literal["answer", "evidence"]
    any_unmet: Literal["ask", "unmet"] = "ask"
    source: Source


class Crosswalk(SchemePart):
    """The ties between the schemes `from` and `to`; the eligibility `conditions` are the same in both, by id."""

    id: Identifier
    from_: Identifier = Field(alias="from")
    to: Identifier
    source: Source
    conditions: tuple[Identifier, ...] = ()
    ties: Annotated[tuple[CrosswalkTie, ...], Field(min_length=1)]

    def opposite_scheme(self, base: str) -> str:
        """Return the other scheme."""
        return self.to if base == self.from_ else self.from_

    def ties_from(self, scheme: Scheme) -> Iterator[tuple[CrosswalkTie, IndicatorIds, IndicatorIds]]:
        """Yield each tie with the indicators of `scheme` and those of the other scheme."""
        is_first = base_scheme_id(scheme.id) == self.from_
        for tie in self.ties:
            yield (tie, tie.from_, tie.to) if is_first else (tie, tie.to, tie.from_)


@dataclass(frozen=True, slots=True)
class CarriedAnswer:
    """An answer with the indicators of the other scheme that it comes from."""

    answer: Answer
    origins: tuple[str, ...]


GivenAnswers: TypeAlias = Sequence[Answer | None]
_ANSWER_BY_OUTCOME: Mapping[ConditionAnswer | None, Answer] = {"met": Met(), "unmet": Unmet()}


def carry_answers(
    walk: Crosswalk, here: Scheme, there: Scheme, sheet: AnswerSheet
) -> dict[str, CarriedAnswer]:
    """Return the answers that carry over from a sheet of scheme `here` to `there`, in the order of `there`.

    Ends that these versions do not have are passed by, and so are answers to what is not asked here.
    """
    not_asked, found = unasked_indicators(here, sheet), {}
    for tie, ours, theirs in walk.ties_from(here):
        if tie.carry == "evidence" or not _all_answerable(here, ours) or not _all_answerable(there, theirs):
            continue
        given = [None if one in not_asked else sheet.answers.get(one) for one in ours]
        for target in theirs:
            answer = _carry_answer(tie, given, there.indicator_by_id[target], alone=len(theirs) == 1)
            if answer is not None:
                found[target] = CarriedAnswer(answer, ours)
    return {one: found[one] for one in there.indicator_by_id if one in found}


def shared_evidence(walk: Crosswalk, here: Scheme, there: Scheme) -> Mapping[str, tuple[str, ...]]:
    """Return, for each indicator of `there`, those of `here` whose evidence also supports it."""
    found: dict[str, tuple[str, ...]] = {}
    for _, ours, theirs in walk.ties_from(here):
        for target in theirs:
            known = [one for one in ours if one in here.indicator_by_id and target in there.indicator_by_id]
            found[target] = tuple(dict.fromkeys((*found.get(target, ()), *known)))
    return {target: origins for target, origins in found.items() if origins}


def _all_answerable(scheme: Scheme, ids: IndicatorIds) -> bool:
    """Return whether the scheme has all of these ids and each takes an answer."""
    return all(one in scheme.indicator_by_id and scheme.indicator_by_id[one].requires is None for one in ids)


def _carry_answer(tie: CrosswalkTie, given: GivenAnswers, target: Indicator, *, alone: bool) -> Answer | None:
    """Return the answer for `target`; None where it must be asked. `alone`: no other is at its end of the tie."""
    if len(given) == 1 and alone:
        return _one_to_one(given[0], target)
    outcomes = [answer_outcome(answer) for answer in given]
    if all(outcome == "met" for outcome in outcomes):
        return Met()
    if alone and tie.any_unmet == "unmet" and "unmet" in outcomes:
        return Unmet()
    return None


def _one_to_one(answer: Answer | None, target: Indicator) -> Answer | None:
    """Return the answer for a one-to-one tie; sample counts carry over to a sampled indicator only."""
    match answer:
        case Sampled() if target.type is not IndicatorType.SAMPLED:
            return _ANSWER_BY_OUTCOME.get(answer_outcome(answer))
        case NotApplicable() if not target.deletable:
            return None
    return answer
