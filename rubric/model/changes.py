"""What happened to indicators since the previous version, and the migration of answers; no answer is ever dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.fields import Identifier, SchemePart, Source

SeveralIds = Annotated[tuple[Identifier, ...], Field(min_length=2)]
AnswerPolicy = Literal["kept", "asked_again"]


class Renumbered(SchemePart):
    """An indicator with a new id; its answer is kept."""

    kind: Literal["renumbered"]
    from_: Identifier = Field(alias="from")
    to: Identifier
    source: Source


class Split(SchemePart):
    """An indicator divided into several: each is asked again with the old answer shown, or takes it over."""

    kind: Literal["split"]
    from_: Identifier = Field(alias="from")
    to: SeveralIds
    answers: AnswerPolicy = "asked_again"
    source: Source


class Merged(SchemePart):
    """Several indicators joined into one: it takes their answer where all agree, else it is asked again."""

    kind: Literal["merged"]
    from_: SeveralIds = Field(alias="from")
    to: Identifier
    source: Source


class Reworded(SchemePart):
    """A change of wording; `answers` says whether the answer is kept."""

    kind: Literal["reworded"]
    id: Identifier
    answers: AnswerPolicy
    source: Source


class Retyped(SchemePart):
    """A change of type: an answer that means the same under the new type is kept, any other is asked again."""

    kind: Literal["retyped"]
    id: Identifier
    source: Source


class Retired(SchemePart):
    """An indicator that is no longer asked; its answer is kept and does not count."""

    kind: Literal["retired"]
    id: Identifier
    source: Source


VersionChange: TypeAlias = Annotated[
    Renumbered | Split | Merged | Reworded | Retyped | Retired, Field(discriminator="kind")
]


@dataclass(frozen=True, slots=True)
class MigratedAnswers:
    """Answers migrated to a later version.

    `asked_again` are ids whose answer was not kept, and `origins` the old ids of each new id; an id that is not in it
    is new or unchanged.
    """

    answers: Mapping[str, Answer]
    asked_again: frozenset[str] = frozenset()
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def migrate_answers(
    steps: Iterable[Sequence[VersionChange]], types: Mapping[str, str], answers: Mapping[str, Answer]
) -> MigratedAnswers:
    """Migrate `answers` through the `changes` of version after version.

    `types` are those of the indicators of the last version, by id; what is not among them is not asked any more.
    """
    found = MigratedAnswers(dict(answers))
    for changes in steps:
        found = _apply_changes(found, changes)
    kept = {
        key: fit for key, answer in found.answers.items() if (fit := convert_answer(answer, types.get(key)))
    }
    lost = {key for key in found.answers if key in types and key not in kept}
    again = (found.asked_again | lost) & types.keys()
    return MigratedAnswers(
        kept, frozenset(again), {key: found.origins[key] for key in found.origins if key in types}
    )


def _apply_changes(before: MigratedAnswers, changes: Sequence[VersionChange]) -> MigratedAnswers:
    answers, again, origins = dict(before.answers), set(before.asked_again), dict(before.origins)
    came = [(target, source) for change in changes for target, source in _id_pairs(change)]
    for _, sources in came:
        for source in sources:
            answers.pop(source, None)
    for target, sources in came:
        origins[target] = tuple(
            first for source in sources for first in before.origins.get(source, (source,))
        )
    for change in changes:
        for target, sources in _id_pairs(change):
            given = [before.answers[source] for source in sources if source in before.answers]
            answer = _migrated_answer(change, given, len(sources))
            if answer is not None:
                answers[target] = answer
            if answer is None and (given or again & {*sources}):
                again.add(target)
    again -= {source for _, sources in came for source in sources} - {target for target, _ in came}
    return MigratedAnswers(answers, frozenset(again), origins)


def _id_pairs(change: VersionChange) -> list[tuple[str, tuple[str, ...]]]:
    """Yield pairs of an old and a new id."""
    match change:
        case Renumbered(from_=old, to=new):
            return [(new, (old,))]
        case Split(from_=old, to=several):
            return [(new, (old,)) for new in several]
        case Merged(from_=several, to=new):
            return [(new, several)]
        case Reworded(id=same) | Retyped(id=same):
            return [(same, (same,))]
        case Retired():
            return []


def _migrated_answer(change: VersionChange, given: Sequence[Answer], wanted: int) -> Answer | None:
    """Return the answer that is kept, None where it must be asked again."""
    if not given:
        return None
    match change:
        case Split(answers="asked_again") | Reworded(answers="asked_again"):
            return None
        case Merged():
            return _common_answer(given) if len(given) == wanted else None
        case _:
            return given[0]


def _common_answer(given: Sequence[Answer]) -> Answer | None:
    """Return the common answer of merged indicators: all met, all deleted, or one unmet; else None."""
    if all(isinstance(each, Met) for each in given):
        return Met()
    if any(isinstance(each, Unmet) for each in given):
        return Unmet()
    deleted = [each for each in given if isinstance(each, NotApplicable)]
    return deleted[0] if len(deleted) == len(given) else None


def convert_answer(answer: Answer, type: str | None) -> Answer | None:
    """Convert the answer to an indicator of this type; None where that is not possible."""
    match type, answer:
        case ((None | "computed"), _):
            return None
        case "qualitative", Sampled(sampled, conforming):
            return Met() if conforming == sampled else None if conforming else Unmet()
        case _:
            return answer
