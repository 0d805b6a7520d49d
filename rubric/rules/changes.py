"""The rules for `changes`: what a version states about the indicators of the previous version."""

from collections.abc import Iterable

from rubric.model.changes import Merged, Renumbered, Retired, Retyped, Reworded, Split, VersionChange
from rubric.model.scheme import Scheme
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations


def change_violations(scheme: Scheme, before: Scheme | None) -> Violations:
    """Check the `changes` of `scheme`; `before` is the previous version, None for the first."""
    if before is None:
        if scheme.changes:
            yield ("changes",), "changes", "there is no version before this one that could have changed"
        return
    yield from _id_violations(scheme, before)
    yield from _duplicates(scheme)
    yield from _removal_violations(scheme, before)
    yield from _type_violations(scheme, before)


def changed_ids(change: VersionChange) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the old and the new ids that a change names, each with its key."""
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


def _id_violations(scheme: Scheme, before: Scheme) -> Violations:
    for place, change in enumerate(scheme.changes):
        old, new = changed_ids(change)
        for key, name in old:
            if name not in before.indicator_by_id:
                yield (
                    ("changes", place, key),
                    "unknown_indicator",
                    unknown_name_message(name, list(before.indicator_by_id)),
                )
        for key, name in new:
            if name not in scheme.indicator_by_id:
                yield (
                    ("changes", place, key),
                    "unknown_indicator",
                    unknown_name_message(name, list(scheme.indicator_by_id)),
                )
        targets = {name for _, name in new}
        for key, name in old:
            if (
                name in scheme.indicator_by_id
                and name not in targets
                and name not in _target_ids(scheme.changes)
            ):
                message = (
                    f"'{name}' is still there in version {scheme.version}; give what follows it another id"
                )
                yield ("changes", place, key), "changes", message


def _target_ids(changes: Iterable[VersionChange]) -> set[str]:
    return {name for change in changes for _, name in changed_ids(change)[1]}


def _duplicates(scheme: Scheme) -> Violations:
    """Check that each old id and each new id is in one change only."""
    for side in (0, 1):
        seen: set[str] = set()
        for place, change in enumerate(scheme.changes):
            for key, name in changed_ids(change)[side]:
                if name in seen:
                    yield (
                        ("changes", place, key),
                        "twice",
                        f"'{name}' stands in another change already; keep one",
                    )
                seen.add(name)


def _removal_violations(scheme: Scheme, before: Scheme) -> Violations:
    told = {name for change in scheme.changes for _, name in changed_ids(change)[0]}
    for name in before.indicator_by_id:
        if name not in scheme.indicator_by_id and name not in told:
            ways = "renumbered, split, merged or retired"
            message = f"'{name}' of version {before.version} is gone; say what became of it: {ways}"
            yield ("changes",), "gone", message
    taken = {name for change in scheme.changes for _, name in changed_ids(change)[1]}
    for name in taken & before.indicator_by_id.keys():
        if name not in told:
            message = (
                f"'{name}' was there in version {before.version} already, and is what another one became"
            )
            yield ("changes",), "changes", message


def _type_violations(scheme: Scheme, before: Scheme) -> Violations:
    same = {name for change in scheme.changes for _, name in changed_ids(change)[0]}
    for place, indicator in enumerate(scheme.indicators):
        old = before.indicator_by_id.get(indicator.id)
        if old is not None and old.type is not indicator.type and indicator.id not in same:
            message = f"'{indicator.id}' was {old.type} in version {before.version}; say 'retyped' of it in 'changes'"
            yield ("indicators", place, "type"), "retyped", message
