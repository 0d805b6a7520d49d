"""`xingping rubric check` for overlays: `overlays/<id>/<version>.yaml` with `overlays/<id>/text/<locale>.yaml`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rubric.layout import OVERLAYS_FOLDER, SHIPPED_SCHEMES, TEXT_FOLDER
from rubric.library.files import (
    YAML_SUFFIXES,
    FaultReport,
    check_file,
    group_faults,
    missing_text_fault,
    newest_version_file,
    report_taken_ids,
    text_files,
    unread_file_fault,
    unread_text_faults,
    version_files,
    visible_files,
)
from rubric.library.loading import check_scheme, check_text
from rubric.model.texts import SchemeText
from rubric.overlays.compose import compose
from rubric.overlays.rules import check_composed, check_overlay
from rubric.overlays.texts import check_overlay_text
from rubric.parsing.document import YamlDocument, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.text_ids import build_outline

_NAMES = "an overlay's versions are named 1.yaml, 2.yaml and so on"


def overlay_folders_at(path: Path) -> list[Path]:
    """Return the overlays at a path: a folder of schemes, its `overlays`, one overlay, or a file of one."""
    real = path.resolve()
    if (real / OVERLAYS_FOLDER).is_dir():
        return _folders(path / OVERLAYS_FOLDER)
    if real.name == OVERLAYS_FOLDER and real.is_dir():
        return _folders(path)
    return [path] if real.parent.name == OVERLAYS_FOLDER and real.is_dir() else []


def is_overlay_path(path: Path) -> bool:
    """Whether the path is the folder of overlays, or that of one of them."""
    real = path.resolve()
    return real.is_dir() and OVERLAYS_FOLDER in (real.name, real.parent.name)


def overlay_folder_of(path: Path) -> Path | None:
    """Return the folder of the overlay of a version file or text file; None for other files."""
    real = path.resolve()
    folder = real.parents[1] if real.parent.name == TEXT_FOLDER else real.parent
    return folder if folder.parent.name == OVERLAYS_FOLDER and not real.is_dir() else None


def report_overlay(folder: Path) -> FaultReport:
    """Return the faults of an overlay and its texts."""
    report: FaultReport = {}
    for file in (*version_files(folder), *text_files(folder)):
        report |= report_overlay_file(file)
    return report | group_faults(_folder_faults(folder))


def report_overlay_file(file: Path) -> FaultReport:
    """Return the faults of one file of an overlay, checked against its scheme and its texts."""
    if file.parent.name == TEXT_FOLDER:
        return check_file(file, _check_text)
    return check_file(file, _check_version)


def report_taken_overlays(path: Path, existing: Path) -> FaultReport:
    return report_taken_ids(overlay_folders_at(path), _folders(existing / OVERLAYS_FOLDER), "an overlay")


def _folders(overlays: Path) -> list[Path]:
    return [each for each in visible_files(overlays) if each.is_dir()]


def _check_version(document: YamlDocument) -> None:
    base = _base(document)
    if base is None:
        raise FaultsFoundError([*_overlay_faults(document), _no_scheme(document)])
    check_composed(base, [document])


def _overlay_faults(document: YamlDocument) -> Sequence[Fault]:
    try:
        check_overlay(document, None)
    except FaultsFoundError as error:
        return error.faults
    return ()


def _no_scheme(document: YamlDocument) -> Fault:
    over = document.value.get("over") if isinstance(document.value, dict) else None
    message = f"there is no scheme '{over}', neither beside this overlay nor among those shipped"
    if _newest_base_file(document) is not None:
        message = f"the scheme '{over}' has faults itself; put those right first"
    return document.fault_at(("over",), "unknown_scheme", message)


def _check_text(document: YamlDocument) -> None:
    """Check texts of an overlay against its newest readable version; its faults are reported at its file."""
    newest = newest_version_file(document.path.resolve().parents[1])
    try:
        overlay = None if newest is None else read_document(newest)
    except FaultsFoundError:
        overlay = None
    base = None if overlay is None else _base(overlay)
    if overlay is None or base is None:
        check_overlay_text(document, None, None)
    else:
        whole = build_outline(compose(base, [overlay]).value)
        check_overlay_text(document, _base_text(base.path, document.path.name), whole)


def _base(overlay: YamlDocument) -> YamlDocument | None:
    """Return the newest version of the overlay's base scheme; None where there is none, or it has faults."""
    newest = _newest_base_file(overlay)
    return None if newest is None else _read_if_valid(newest)


def _newest_base_file(overlay: YamlDocument) -> Path | None:
    """Return the file of that version, from the overlay's folder of schemes or from the shipped ones."""
    name = overlay.value.get("over") if isinstance(overlay.value, dict) else None
    for root in (overlay.path.resolve().parents[2], SHIPPED_SCHEMES):
        if isinstance(name, str) and name and (newest := newest_version_file(root / name)):
            return newest
    return None


def _read_if_valid(version: Path) -> YamlDocument | None:
    try:
        document = read_document(version)
        check_scheme(document)
    except FaultsFoundError:
        return None
    return document


def _base_text(version: Path, name: str) -> SchemeText | None:
    """Return the texts of the base scheme; None where they are missing or have faults."""
    file = version.parent / TEXT_FOLDER / name
    try:
        outlines = [build_outline(read_document(each).value) for each in version_files(version.parent)]
        return check_text(read_document(file), outlines)
    except FaultsFoundError:
        return None


def _folder_faults(folder: Path) -> Iterator[Fault]:
    if not version_files(folder):
        yield Fault(folder, 0, 0, "no_version", "no version is here; the first is 1.yaml, the next 2.yaml")
    if not text_files(folder):
        yield missing_text_fault(folder)
    yield from unread_text_faults(folder)
    for file in visible_files(folder):
        if file.suffix in YAML_SUFFIXES and file not in version_files(folder):
            yield unread_file_fault(file, _NAMES)
