"""The rules for crosswalks: existing schemes and indicators, each tied once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from rubric.model.scheme import Scheme
from rubric.parsing.document import YamlDocument
from rubric.parsing.recovery import WrongPaths, check_document
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations, duplicate_values, file_name_violations
from rubric.scoring.crosswalk import Crosswalk

SchemeVersions = Mapping[str, Sequence[Scheme]]
"""(constant doc) Every version of each scheme; no versions for a scheme with faults."""


def check_crosswalk(document: YamlDocument, known: SchemeVersions) -> Crosswalk:
    """Check the crosswalk in a document at crosswalks/<id>.yaml. Raises FaultsFoundError."""

    def find(walk: Crosswalk, _: WrongPaths) -> Violations:
        yield from file_name_violations("id", walk.id, document.path)
        yield from _scheme_violations(walk, known)
        yield from _indicator_violations(walk, known)
        yield from _condition_violations(walk, known)
        yield from _duplicates(walk)
        yield from _any_unmet_violations(walk)

    return check_document(Crosswalk, document, find, {})


def _scheme_violations(walk: Crosswalk, known: SchemeVersions) -> Violations:
    for key, name in (("from", walk.from_), ("to", walk.to)):
        if name not in known:
            yield (key,), "unknown_scheme", unknown_name_message(name, sorted(known))
    if walk.from_ == walk.to:
        yield ("to",), "unknown_scheme", f"'{walk.to}' is the scheme at 'from'; a crosswalk ties two"


def _indicator_violations(walk: Crosswalk, known: SchemeVersions) -> Violations:
    for key, name in (("from", walk.from_), ("to", walk.to)):
        versions = known.get(name)
        if not versions:
            continue
        indicators = dict.fromkeys(chain.from_iterable(each.indicator_by_id for each in versions))
        computed = {one.id for each in versions for one in each.indicators if one.requires is not None}
        for place, tie in enumerate(walk.ties):
            for number, one in enumerate(tie.from_ if key == "from" else tie.to):
                where = ("ties", place, key, number)
                if one not in indicators:
                    yield where, "unknown_indicator", unknown_name_message(one, list(indicators))
                elif one in computed and tie.carry == "answer":
                    yield (
                        where,
                        "computed",
                        f"'{one}' follows from figures and takes no answer; carry: evidence",
                    )


def _condition_violations(walk: Crosswalk, known: SchemeVersions) -> Violations:
    for name in (walk.from_, walk.to):
        versions = known.get(name)
        if not versions:
            continue
        conditions = list(dict.fromkeys(one.id for each in versions for one in each.eligibility))
        for place, condition in enumerate(walk.conditions):
            if condition not in conditions:
                yield (
                    ("conditions", place),
                    "unknown_condition",
                    f"{unknown_name_message(condition, conditions)}, of '{name}'",
                )


def _duplicates(walk: Crosswalk) -> Violations:
    for place, one in duplicate_values(walk.conditions):
        yield ("conditions", place), "twice", f"'{one}' stands twice; keep one"
    for key in ("from", "to"):
        seen: dict[tuple[str, str], int] = {}
        for place, number, carry, one in _tied_indicators(walk, key):
            if (carry, one) in seen:
                message = (
                    f"'{one}' is tied in tie {seen[carry, one] + 1} already; keep one that carries its answer"
                )
                yield ("ties", place, key, number), "twice", message
            elif carry == "answer":
                seen[carry, one] = place
    for place, one in duplicate_values(f"{' '.join(tie.from_)} to {' '.join(tie.to)}" for tie in walk.ties):
        yield ("ties", place), "twice", f"the tie from {one} stands twice; keep one"


def _tied_indicators(walk: Crosswalk, key: str) -> Iterator[tuple[int, int, str, str]]:
    for place, tie in enumerate(walk.ties):
        for number, one in enumerate(tie.from_ if key == "from" else tie.to):
            yield place, number, tie.carry, one


def _any_unmet_violations(walk: Crosswalk) -> Violations:
    for place, tie in enumerate(walk.ties):
        several = sorted((len(tie.from_), len(tie.to)))
        if tie.any_unmet == "unmet" and (several[0] != 1 or several[1] == 1 or tie.carry == "evidence"):
            message = "only of several tied to one, whose answers carry, can any be unmet; leave it out"
            yield ("ties", place, "any_unmet"), "any_unmet", message
