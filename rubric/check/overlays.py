"""Overlays in a folder, checked: `overlays/<id>/<version>.yaml` with `overlays/<id>/text/<locale>.yaml`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rubric.layout import OVERLAYS_FOLDER, SHIPPED, TEXT_FOLDER
from rubric.library.files import (
    YAML,
    Report,
    checked_file,
    grouped,
    ids_taken,
    newest_in,
    no_words,
    not_read,
    texts_in,
    texts_not_read,
    versions_in,
    visible_in,
)
from rubric.library.loading import check_scheme, check_text
from rubric.model.texts import SchemeText
from rubric.overlays.compose import compose
from rubric.overlays.rules import check_composed, check_overlay
from rubric.overlays.texts import check_overlay_text
from rubric.parsing.document import Document, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.text_ids import outline

_NAMES = "an overlay's versions are named 1.yaml, 2.yaml and so on"


def overlay_folders_at(path: Path) -> list[Path]:
    """The overlays that a path means: a folder of schemes, its `overlays`, one overlay, or a file of one."""
    real = path.resolve()
    if (real / OVERLAYS_FOLDER).is_dir():
        return _folders(path / OVERLAYS_FOLDER)
    if real.name == OVERLAYS_FOLDER and real.is_dir():
        return _folders(path)
    return [path] if real.parent.name == OVERLAYS_FOLDER and real.is_dir() else []


def is_of_overlays(path: Path) -> bool:
    """Whether the path is the folder of overlays, or that of one of them."""
    real = path.resolve()
    return real.is_dir() and OVERLAYS_FOLDER in (real.name, real.parent.name)


def overlay_file_at(path: Path) -> Path | None:
    """The folder of the overlay that a file belongs to, a version or its words; None where it is of none."""
    real = path.resolve()
    folder = real.parents[1] if real.parent.name == TEXT_FOLDER else real.parent
    return folder if folder.parent.name == OVERLAYS_FOLDER and not real.is_dir() else None


def overlay_report(folder: Path) -> Report:
    """One overlay with its words."""
    report: Report = {}
    for file in (*versions_in(folder), *texts_in(folder)):
        report |= overlay_file_report(file)
    return report | grouped(_missing(folder))


def overlay_file_report(file: Path) -> Report:
    """One file of an overlay alone: a version over its scheme, or words over that scheme's words."""
    if file.parent.name == TEXT_FOLDER:
        return checked_file(file, _check_words)
    return checked_file(file, _check_version)


def overlays_taken(path: Path, beside: Path) -> Report:
    return ids_taken(overlay_folders_at(path), _folders(beside / OVERLAYS_FOLDER), "an overlay")


def _folders(overlays: Path) -> list[Path]:
    return [each for each in visible_in(overlays) if each.is_dir()]


def _check_version(document: Document) -> None:
    base = _base(document)
    if base is None:
        raise FaultsFoundError([*_own_faults(document), _no_scheme(document)])
    check_composed(base, [document])


def _own_faults(document: Document) -> Sequence[Fault]:
    try:
        check_overlay(document, None)
    except FaultsFoundError as error:
        return error.faults
    return ()


def _no_scheme(document: Document) -> Fault:
    over = document.value.get("over") if isinstance(document.value, dict) else None
    message = f"there is no scheme '{over}', neither beside this overlay nor among those shipped"
    if _newest(document) is not None:
        message = f"the scheme '{over}' has faults itself; put those right first"
    return document.fault(("over",), "unknown_scheme", message)


def _check_words(document: Document) -> None:
    """Against the newest version that can be read; what is wrong with that is told at its own file."""
    newest = newest_in(document.path.resolve().parents[1])
    try:
        overlay = None if newest is None else read_document(newest)
    except FaultsFoundError:
        overlay = None
    base = None if overlay is None else _base(overlay)
    if overlay is None or base is None:
        check_overlay_text(document, None, None)
    else:
        whole = outline(compose(base, [overlay]).value)
        check_overlay_text(document, _base_words(base.path, document.path.name), whole)


def _base(overlay: Document) -> Document | None:
    """The newest version of the scheme that it lies over; None where there is none, or it has faults."""
    newest = _newest(overlay)
    return None if newest is None else _sound(newest)


def _newest(overlay: Document) -> Path | None:
    """The file of that version, beside the overlay or among those shipped."""
    name = overlay.value.get("over") if isinstance(overlay.value, dict) else None
    for root in (overlay.path.resolve().parents[2], SHIPPED):
        if isinstance(name, str) and name and (newest := newest_in(root / name)):
            return newest
    return None


def _sound(version: Path) -> Document | None:
    try:
        document = read_document(version)
        check_scheme(document)
    except FaultsFoundError:
        return None
    return document


def _base_words(version: Path, name: str) -> SchemeText | None:
    """Those of the scheme; None where there are none, or they have faults themselves."""
    file = version.parent / TEXT_FOLDER / name
    try:
        outlines = [outline(read_document(each).value) for each in versions_in(version.parent)]
        return check_text(read_document(file), outlines)
    except FaultsFoundError:
        return None


def _missing(folder: Path) -> Iterator[Fault]:
    if not versions_in(folder):
        yield Fault(folder, 0, 0, "no_version", "no version is here; the first is 1.yaml, the next 2.yaml")
    if not texts_in(folder):
        yield no_words(folder)
    yield from texts_not_read(folder)
    for file in visible_in(folder):
        if file.suffix in YAML and file not in versions_in(folder):
            yield not_read(file, _NAMES)
