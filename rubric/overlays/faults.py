"""What an overlay may not do, and schemes with overlays laid over them, each fault where somebody can put it right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rubric.body_faults import overrides, unmarked
from rubric.document import Document, Where, read_document
from rubric.faults import Fault, FaultsFoundError
from rubric.model import JOIN, ComposedScheme, Scheme
from rubric.overlays.compose import Composed, compose
from rubric.overlays.model import Overlay
from rubric.salvage import checked
from rubric.structure import Found, repeated, structure_faults
from rubric.validate import build, unknown


def check_overlay(document: Document, base: Scheme | None) -> Overlay:
    """The overlay in a document at overlays/<id>/<version>.yaml. Raises FaultsFoundError.

    `base` is the scheme that it lies over, None where there is none of that id.
    """

    def find(overlay: Overlay) -> list[Fault]:
        found = [*_place(overlay, document), *_added(overlay), *_lifecycle(document)]
        if base is not None:
            found += _unknown(overlay, base)
        return [document.fault(*each) for each in found]

    return checked(Overlay, document, find, {})


def check_composed(base: Document, overlays: Sequence[Document]) -> Scheme:
    """The scheme in `base` with overlays of it laid over. Raises FaultsFoundError; its faults lie in the overlays."""
    read = _each_over(build(Scheme, base), overlays)
    whole = compose(base, overlays)
    try:
        scheme = build(Scheme, whole)
        faults = structure_faults(scheme, whole)
    except FaultsFoundError as error:
        raise FaultsFoundError(_told_of(whole, error.faults, overlays)) from error
    if faults:
        raise FaultsFoundError(_told_of(whole, faults, overlays))
    return ComposedScheme.model_validate(
        {
            **scheme.model_dump(mode="json"),
            "id": JOIN.join([scheme.id, *(each.id for each in read)]),
            "version": JOIN.join([scheme.version, *(each.version for each in read)]),
            "replaced": frozenset[str]().union(*(each.replaced for each in read)),
        }
    )


def _each_over(base: Scheme, overlays: Sequence[Document]) -> list[Overlay]:
    """The overlays by id, each checked against the scheme. Raises FaultsFoundError with the faults of all."""
    found: list[Overlay] = []
    faults: list[Fault] = []
    for document in overlays:
        try:
            found.append(check_overlay(document, base))
        except FaultsFoundError as error:
            faults += error.faults
    if faults:
        raise FaultsFoundError.of_files(faults)
    return sorted(found, key=lambda each: each.id)


def _told_of(whole: Composed, faults: Iterable[Fault], overlays: Sequence[Document]) -> list[Fault]:
    """What is wrong with a part that the scheme itself has is the doing of an overlay, and told of the last."""
    last = max(overlays, key=lambda each: str(each.path))
    return [_told_at(last, whole.base, fault) if fault.path == whole.base.path else fault for fault in faults]


def _told_at(overlay: Document, base: Document, fault: Fault) -> Fault:
    part = "lifecycle" if fault.where[:1] == ("lifecycle",) else "change"
    return overlay.fault((part,), fault.code, f"over {base.path.parent.name}: {fault.message}")


def _place(overlay: Overlay, document: Document) -> Found:
    folder, name = document.path.resolve().parent.name, document.path.stem
    if overlay.id != folder:
        yield ("id",), "place", f"'{overlay.id}' lies in the folder '{folder}'; the two must be the same"
    if overlay.version != name:
        yield (
            ("version",),
            "place",
            f"'{overlay.version}' lies in {document.path.name}; the two must be the same",
        )


def _added(overlay: Overlay) -> Found:
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


def _lifecycle(document: Document) -> Found:
    return unmarked(overrides(document.value))


def _unknown(overlay: Overlay, base: Scheme) -> Found:
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
