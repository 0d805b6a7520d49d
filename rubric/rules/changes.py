"""What is wrong with what a version says became of the indicators of the one before."""

from collections.abc import Iterable

from rubric.model.changes import Change, Merged, Renumbered, Retired, Retyped, Reworded, Split
from rubric.model.scheme import Scheme
from rubric.parsing.validation import unknown
from rubric.parsing.violations import Findings


def change_faults(scheme: Scheme, before: Scheme | None) -> Findings:
    """Every slip in the `changes` of `scheme`; `before` is the version before it, None where there is none."""
    if before is None:
        if scheme.changes:
            yield ("changes",), "changes", "there is no version before this one that could have changed"
        return
    yield from _ends(scheme, before)
    yield from _twice(scheme)
    yield from _gone(scheme, before)
    yield from _types(scheme, before)


def ends(change: Change) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The ids of the version before and of this one that a change names, each with its key."""
    match change:
        case Renumbered(from_=old, to=new):
            return [("from", old)], [("to", new)]
        case Split(from_=old, to=several):
            return [("from", old)], [("to", new) for new in several]
        case Merged(from_=several, to=new):
            return [("from", old) for old in several], [("to", new)]
        case Reworded(id=same) | Retyped(id=same):
            return [("id", same)], [("id", same)]
        case Retired(id=gone):
            return [("id", gone)], []


def _ends(scheme: Scheme, before: Scheme) -> Findings:
    for place, change in enumerate(scheme.changes):
        old, new = ends(change)
        for key, name in old:
            if name not in before.by_id:
                yield ("changes", place, key), "unknown_indicator", unknown(name, list(before.by_id))
        for key, name in new:
            if name not in scheme.by_id:
                yield ("changes", place, key), "unknown_indicator", unknown(name, list(scheme.by_id))
        targets = {name for _, name in new}
        for key, name in old:
            if name in scheme.by_id and name not in targets and name not in _targets(scheme.changes):
                message = (
                    f"'{name}' is still there in version {scheme.version}; give what follows it another id"
                )
                yield ("changes", place, key), "changes", message


def _targets(changes: Iterable[Change]) -> set[str]:
    return {name for change in changes for _, name in ends(change)[1]}


def _twice(scheme: Scheme) -> Findings:
    """One rule for each id of the version before, one for each of this one."""
    for side in (0, 1):
        seen: set[str] = set()
        for place, change in enumerate(scheme.changes):
            for key, name in ends(change)[side]:
                if name in seen:
                    yield (
                        ("changes", place, key),
                        "twice",
                        f"'{name}' stands in another change already; keep one",
                    )
                seen.add(name)


def _gone(scheme: Scheme, before: Scheme) -> Findings:
    told = {name for change in scheme.changes for _, name in ends(change)[0]}
    for name in before.by_id:
        if name not in scheme.by_id and name not in told:
            ways = "renumbered, split, merged or retired"
            message = f"'{name}' of version {before.version} is gone; say what became of it: {ways}"
            yield ("changes",), "gone", message
    taken = {name for change in scheme.changes for _, name in ends(change)[1]}
    for name in taken & before.by_id.keys():
        if name not in told:
            message = (
                f"'{name}' was there in version {before.version} already, and is what another one became"
            )
            yield ("changes",), "changes", message


def _types(scheme: Scheme, before: Scheme) -> Findings:
    same = {name for change in scheme.changes for _, name in ends(change)[0]}
    for place, indicator in enumerate(scheme.indicators):
        old = before.by_id.get(indicator.id)
        if old is not None and old.type is not indicator.type and indicator.id not in same:
            message = f"'{indicator.id}' was {old.type} in version {before.version}; say 'retyped' of it in 'changes'"
            yield ("indicators", place, "type"), "retyped", message
