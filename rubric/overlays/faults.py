"""What an overlay may not do, and schemes with overlays laid over them, each fault where somebody can put it right."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rubric.body_faults import overrides, unmarked
from rubric.document import Document, Where, read_document
from rubric.faults import Fault, FaultsFoundError
from rubric.findings import Findings, repeated
from rubric.model import JOIN, ComposedScheme, Scheme
from rubric.overlays.compose import Composed, compose
from rubric.overlays.model import Overlay
from rubric.salvage import Hanging, checked
from rubric.structure import structure_faults
from rubric.validate import build, unknown


def check_overlay(document: Document, base: Scheme | None) -> Overlay:
    """The overlay in a document at overlays/<id>/<version>.yaml. Raises FaultsFoundError.

    `base` is the scheme that it lies over, None where there is none of that id.
    """

    def find(overlay: Overlay) -> list[Fault]:
        return [document.fault(*each) for each in _own(overlay, document, base)]

    return checked(Overlay, document, find, {})


def _own(overlay: Overlay, document: Document, base: Scheme | None) -> Findings:
    yield from _place(overlay, document)
    yield from _added(overlay)
    yield from _lifecycle(document)
    if base is not None:
        yield from _unknown(overlay, base)


def check_composed(base: Document, overlays: Sequence[Document]) -> Scheme:
    """The scheme in `base` with overlays of it laid over. Raises FaultsFoundError; its faults lie in the overlays."""
    read = _each_over(base, overlays)
    scheme = _whole(base, overlays)
    return ComposedScheme.model_validate(
        {
            **scheme.model_dump(mode="json"),
            "id": JOIN.join([scheme.id, *(each.id for each in read)]),
            "version": JOIN.join([scheme.version, *(each.version for each in read)]),
            "replaced": frozenset[str]().union(*(each.replaced for each in read)),
        }
    )


def _whole(base: Document, overlays: Sequence[Document]) -> Scheme:
    """What comes of laying them over the scheme. Raises FaultsFoundError; its faults lie in the overlays."""
    whole = compose(base, overlays)
    try:
        scheme = build(Scheme, whole)
        faults = structure_faults(scheme, whole)
    except FaultsFoundError as error:
        raise FaultsFoundError(_told_of(whole, error.faults, overlays)) from error
    if faults:
        raise FaultsFoundError(_told_of(whole, faults, overlays))
    return scheme


def _each_over(base: Document, overlays: Sequence[Document]) -> list[Overlay]:
    """The overlays by id, each checked against the scheme. Raises FaultsFoundError with the faults of all."""
    scheme = build(Scheme, base)
    found: list[Overlay] = []
    faults: list[Fault] = []
    for document in overlays:
        try:
            found.append(check_overlay(document, scheme))
        except FaultsFoundError:
            faults += _every_fault(document, base, scheme)
    if faults:
        raise FaultsFoundError.of_files(faults)
    return sorted(found, key=lambda each: each.id)


def _every_fault(document: Document, base: Document, scheme: Scheme) -> Sequence[Fault]:
    """What is wrong with the overlay, and beside that with the scheme under it, as far as that is sure."""

    def find(overlay: Overlay) -> list[Fault]:
        own = [document.fault(*each) for each in _own(overlay, document, scheme)]
        unsure = {code for fault in own if fault.code in _NOT_APPLIED for code in _HANGING_ON[fault.where[1]]}
        return [
            *own,
            *(fault for fault in _of_the_whole(overlay, document, base) if fault.code not in unsure),
        ]

    try:
        checked(Overlay, document, find, _hanging(document))
    except FaultsFoundError as error:
        return error.faults
    return ()


def _of_the_whole(overlay: Overlay, document: Document, base: Document) -> Sequence[Fault]:
    """Of the scheme under an overlay whose wrong values were put right; in their places in `document`."""
    value = overlay.model_dump(mode="json", by_alias=True, exclude_unset=True)
    try:
        _whole(base, [Document(document.path, value, document.places)])
    except FaultsFoundError as error:
        return error.faults
    return ()


_POINTS = frozenset({"sum", "full_mark"})
_ANSWERS = frozenset({"condition", "gate", "deletable"})
_HANGING_ON: Mapping[str | int, frozenset[str]] = {
    "groups": _POINTS,
    "indicators": _POINTS | _ANSWERS,
    "eligibility": frozenset(),
    "grades": frozenset({"grades_order", "gate"}),
}
"""What a part of the scheme may bring about; codes that say nothing where something of that part is not sure."""
_NOT_APPLIED = frozenset({"unknown_key", "total"})
"""Faults of changes that name nothing of the scheme, so that it is not known what they were to change."""


def _hanging(document: Document) -> Hanging:
    """What is not told while a part of an overlay has a wrong value: by the part, and by each thing changed in it."""
    found = {
        (section, str(part)): codes for section in ("add", "change") for part, codes in _HANGING_ON.items()
    }
    for where in document.places:
        if where[:1] == ("change",) and len(where) > 2 and where[1] in _HANGING_ON:
            found["change", str(where[2])] = _HANGING_ON[where[1]]
    for key in ("points", "group", "type", "deletable", "requires", "base", "have", "percent", "id"):
        found["add", key] = found["change", key] = _POINTS | _ANSWERS | {"unknown_indicator", "asked_later"}
    for key in ("at_least", "needs", "grade"):
        found["add", key] = found["change", key] = frozenset({"grades_order", "gate", "condition"})
    return found


def _told_of(whole: Composed, faults: Iterable[Fault], overlays: Sequence[Document]) -> list[Fault]:
    """What is wrong with a part that the scheme itself has is the doing of an overlay, and told of the last."""
    last = max(overlays, key=lambda each: str(each.path))
    return [_told_at(last, whole.base, fault) if fault.path == whole.base.path else fault for fault in faults]


def _told_at(overlay: Document, base: Document, fault: Fault) -> Fault:
    part = "lifecycle" if fault.where[:1] == ("lifecycle",) else "change"
    return overlay.fault((part,), fault.code, f"over {base.path.parent.name}: {fault.message}")


def _place(overlay: Overlay, document: Document) -> Findings:
    folder, name = document.path.resolve().parent.name, document.path.stem
    if overlay.id != folder:
        yield ("id",), "place", f"'{overlay.id}' lies in the folder '{folder}'; the two must be the same"
    if overlay.version != name:
        yield (
            ("version",),
            "place",
            f"'{overlay.version}' lies in {document.path.name}; the two must be the same",
        )


def _added(overlay: Overlay) -> Findings:
    """Ids that no other overlay, and no later version of the scheme, can have given away."""
    wanted = re.compile(re.escape(overlay.id) + r"\.[1-9][0-9]*")
    for part, ids in _added_ids(overlay).items():
        for place, name in enumerate(ids):
            if not wanted.fullmatch(name):
                message = (
                    f"'{name}' is added here, so its id must be {overlay.id}.1, {overlay.id}.2 and so on"
                )
                yield ("add", part, place, "id"), "added_id", message
        for place, name in repeated(ids):
            yield ("add", part, place, "id"), "twice", f"'{name}' stands twice in '{part}'; keep one"


def _added_ids(overlay: Overlay) -> dict[str, list[str]]:
    return {
        "eligibility": [each.id for each in overlay.add.eligibility],
        "indicators": [each.id for each in overlay.add.indicators],
    }


def _lifecycle(document: Document) -> Findings:
    return unmarked(overrides(document.value))


def _unknown(overlay: Overlay, base: Scheme) -> Findings:
    """What is changed is there, and is not what must stay: the scheme's top-level totals."""
    for part, known in _known(base).items():
        for name in getattr(overlay.change, part):
            where: Where = ("change", part, name)
            if name not in known:
                yield where, "unknown_key", unknown(name, known)
            elif part == "groups" and base.group_by_id[name].parent is None:
                message = f"'{name}' is at the top of {base.id}, and its points stay"
                yield where, "total", message
    yield from _settings(overlay, base)


def _known(base: Scheme) -> dict[str, list[str]]:
    return {
        "groups": [group.id for group in base.groups],
        "indicators": [indicator.id for indicator in base.indicators],
        "eligibility": [question.id for question in base.eligibility],
        "grades": [band.grade for band in base.grades],
    }


def _settings(overlay: Overlay, base: Scheme) -> Iterator[tuple[Where, str, str]]:
    """Words show each setting of a question by name, so that an overlay may only give it another figure."""
    settings = {question.id: list(question.settings) for question in base.eligibility}
    for name, change in overlay.change.eligibility.items():
        for setting in change.settings:
            if name in settings and setting not in settings[name]:
                where: Where = ("change", "eligibility", name, "settings", setting)
                yield where, "unknown_key", unknown(setting, settings[name])


def load_overlay(path: Path) -> Overlay:
    """The overlay in a file, held against no scheme yet. Raises FaultsFoundError."""
    return check_overlay(read_document(path), None)
