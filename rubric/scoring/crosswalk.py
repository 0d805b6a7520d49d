"""Which indicators of two schemes ask the same thing, and which answers therefore carry over from one to the other.

A tie holds both ways. An indicator has at most one tie that carries answers, so that carrying there and back never
gives an answer that was not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Sheet, Unmet
from rubric.model.conditions import ConditionAnswer, outcome_of
from rubric.model.fields import Identifier, SchemePart, Source
from rubric.model.indicators import Indicator, IndicatorType
from rubric.model.scheme import Scheme, base_of
from rubric.scoring.score import hidden

Ids = Annotated[tuple[Identifier, ...], Field(min_length=1)]


class Tie(SchemePart):
    """The indicators of one scheme that together ask what those of the other together ask.

    `carry` says whether answers go over or only what bears them out. `any_unmet` says what follows for the one of
    several-to-one where any of the several is unmet.
    """

    from_: Ids = Field(alias="from")
    to: Ids
    carry: Literal["answer", "evidence"]
    any_unmet: Literal["ask", "unmet"] = "ask"
    source: Source


class Crosswalk(SchemePart):
    """Ties between the schemes `from` and `to`; the `conditions` of applying are the same in both, by id."""

    id: Identifier
    from_: Identifier = Field(alias="from")
    to: Identifier
    source: Source
    conditions: tuple[Identifier, ...] = ()
    ties: Annotated[tuple[Tie, ...], Field(min_length=1)]

    def other(self, base: str) -> str:
        """The scheme at the other end."""
        return self.to if base == self.from_ else self.from_

    def sides(self, scheme: Scheme) -> Iterator[tuple[Tie, Ids, Ids]]:
        """Each tie, seen from that scheme, whatever lies over it: its indicators, and those of the other."""
        is_first = base_of(scheme.id) == self.from_
        for tie in self.ties:
            yield (tie, tie.from_, tie.to) if is_first else (tie, tie.to, tie.from_)


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer, and the indicators of the other scheme that it follows from."""

    answer: Answer
    origins: tuple[str, ...]


Given: TypeAlias = Sequence[Answer | None]
_OF_OUTCOME: Mapping[ConditionAnswer | None, Answer] = {"met": Met(), "unmet": Unmet()}


def carried(walk: Crosswalk, here: Scheme, there: Scheme, sheet: Sheet) -> dict[str, Carried]:
    """What the answers on a sheet of the scheme `here` come to `there`, in that scheme's order.

    Ends that these versions do not have are passed by, and so are answers to what is not asked here.
    """
    not_asked, found = hidden(here, sheet), {}
    for tie, ours, theirs in walk.sides(here):
        if tie.carry == "evidence" or not _are_there(here, ours) or not _are_there(there, theirs):
            continue
        given = [None if one in not_asked else sheet.answers.get(one) for one in ours]
        for target in theirs:
            answer = _carry(tie, given, there.by_id[target], alone=len(theirs) == 1)
            if answer is not None:
                found[target] = Carried(answer, ours)
    return {one: found[one] for one in there.by_id if one in found}


def bearing(walk: Crosswalk, here: Scheme, there: Scheme) -> Mapping[str, tuple[str, ...]]:
    """For each indicator `there` those `here` whose evidence bears it out too."""
    found: dict[str, tuple[str, ...]] = {}
    for _, ours, theirs in walk.sides(here):
        for target in theirs:
            known = [one for one in ours if one in here.by_id and target in there.by_id]
            found[target] = tuple(dict.fromkeys((*found.get(target, ()), *known)))
    return {target: origins for target, origins in found.items() if origins}


def _are_there(scheme: Scheme, ids: Ids) -> bool:
    """All of them, and none that takes no answer."""
    return all(one in scheme.by_id and scheme.by_id[one].requires is None for one in ids)


def _carry(tie: Tie, given: Given, target: Indicator, *, alone: bool) -> Answer | None:
    """The answer to `target`; None where it has to be asked. `alone`: it has no other beside it at its end."""
    if len(given) == 1 and alone:
        return _one_to_one(given[0], target)
    outcomes = [outcome_of(answer) for answer in given]
    if all(outcome == "met" for outcome in outcomes):
        return Met()
    if alone and tie.any_unmet == "unmet" and "unmet" in outcomes:
        return Unmet()
    return None


def _one_to_one(answer: Answer | None, target: Indicator) -> Answer | None:
    """Counts of samples say what share conforms only where samples are drawn there too."""
    match answer:
        case Sampled() if target.type is not IndicatorType.SAMPLED:
            return _OF_OUTCOME.get(outcome_of(answer))
        case NotApplicable() if not target.deletable:
            return None
    return answer
