"""What an overlay may not do, and schemes with overlays laid over them, each fault where somebody can put it right."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rubric.model.fields import Source
from rubric.model.lifecycle import Lifecycle
from rubric.model.scheme import JOIN, ComposedScheme, Scheme
from rubric.overlays.compose import Composed, compose
from rubric.overlays.model import Overlay
from rubric.parsing.document import Document, Where, read_document
from rubric.parsing.expectations import allowed_at
from rubric.parsing.faults import Fault, FaultsFoundError, brief, listed
from rubric.parsing.recovery import Wrong, checked
from rubric.parsing.validation import build, unknown
from rubric.parsing.violations import Findings, duplicate_values, named_as_file, named_as_folder
from rubric.rules.bodies import overrides, unmarked
from rubric.rules.scheme import HANGING, structure_faults


def check_overlay(document: Document, base: Scheme | None) -> Overlay:
    """The overlay in a document at overlays/<id>/<version>.yaml. Raises FaultsFoundError.

    `base` is the scheme that it lies over, None where there is none of that id.
    """

    def find(overlay: Overlay, _: Wrong) -> Findings:
        return _own(overlay, document, base)

    return checked(Overlay, document, find, {})


def _own(overlay: Overlay, document: Document, base: Scheme | None) -> Findings:
    yield from named_as_folder("id", overlay.id, document.path.resolve().parent)
    yield from named_as_file("version", overlay.version, document.path)
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
        return checked(Scheme, whole, structure_faults, HANGING)
    except FaultsFoundError as error:
        raise FaultsFoundError(_told_of(whole, error.faults, overlays)) from error


def _each_over(base: Document, overlays: Sequence[Document]) -> list[Overlay]:
    """The overlays by id, each checked against the scheme. Raises FaultsFoundError with the faults of all."""
    scheme = build(Scheme, base)
    found: list[Overlay] = []
    faults: list[Fault] = []
    for document in overlays:
        try:
            found.append(check_overlay(document, scheme))
        except FaultsFoundError as error:
            faults += listed([*error.faults, *_of_the_whole(document, base, error.faults)])
    if faults:
        raise FaultsFoundError.of_files(faults)
    return sorted(found, key=lambda each: each.id)


def _of_the_whole(document: Document, base: Document, own: Sequence[Fault]) -> Iterator[Fault]:
    """What is wrong with the scheme under an overlay that has faults of its `own`, as far as it is sure."""
    silent = {code for fault in own if fault.code == "unknown_key" for code in _unapplied(fault.where)}
    try:
        _whole(base, [document])
    except FaultsFoundError as error:
        for fault in error.faults:
            again = fault.code in _OF_FORM and any(_touch(fault.where, each.where) for each in own)
            if fault.code not in silent and not again:
                yield fault


_OF_FORM = frozenset({"value", "missing", "unknown_key"})
_HANGING_ON: Mapping[str | int, frozenset[str]] = {
    "groups": frozenset({"sum"}),
    "indicators": frozenset({"sum", "condition", "gate"}),
    "grades": frozenset({"grades_order"}),
}
"""What a change of such a part may bring about or put right."""


def _unapplied(where: Where) -> frozenset[str]:
    """What is not sure where a change names nothing of the scheme, so that it is not known what it was to change."""
    section_part_and_id = 3
    if where[:1] != ("change",) or len(where) != section_part_and_id:
        return frozenset()
    return _HANGING_ON.get(where[1], frozenset())


def _touch(one: Where, other: Where) -> bool:
    """Whether one lies in the other, so that a fault of form is told there already."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _told_of(whole: Composed, faults: Iterable[Fault], overlays: Sequence[Document]) -> list[Fault]:
    """What is wrong with a part that the scheme itself has is the doing of an overlay, and told of the last."""
    last = max(overlays, key=lambda each: str(each.path))
    return [_told_at(last, whole.base, fault) if fault.path == whole.base.path else fault for fault in faults]


def _told_at(overlay: Document, base: Document, fault: Fault) -> Fault:
    part = "lifecycle" if fault.where[:1] == ("lifecycle",) else "change"
    return overlay.fault((part,), fault.code, f"over {base.path.parent.name}: {fault.message}")


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
        for place, name in duplicate_values(ids):
            yield ("add", part, place, "id"), "twice", f"'{name}' stands twice in '{part}'; keep one"


def _added_ids(overlay: Overlay) -> dict[str, list[str]]:
    return {
        "eligibility": [each.id for each in overlay.add.eligibility],
        "indicators": [each.id for each in overlay.add.indicators],
    }


def _lifecycle(document: Document) -> Findings:
    """Sources do not come into the whole, where two overlays may each have their own; so they are judged here."""
    figures = overrides(document.value)
    yield from unmarked(figures)
    for part, changed in figures.items():
        source = changed.get("source", Source.BODY)
        if source not in list(Source):
            here = brief(source) if isinstance(source, str) else "no text"
            message = f"'source' must be {allowed_at(Lifecycle, (part, 'source'))}; here: {here}"
            yield ("lifecycle", part, "source"), "value", message


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
