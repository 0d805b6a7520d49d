"""The `rubric check` command: all faults of scheme files and folders, each with file and line."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubric.check.bodies import (
    is_body_text,
    profile_at,
    profile_files,
    profile_folder,
    report_bodies,
    report_body_text,
    report_profile,
    report_taken_bodies,
)
from rubric.check.crosswalks import is_crosswalk_path, report_crosswalks, report_taken_crosswalks
from rubric.check.overlays import (
    is_overlay_path,
    overlay_folder_of,
    overlay_folders_at,
    report_overlay,
    report_overlay_file,
    report_taken_overlays,
)
from rubric.check.version_texts import is_version_text, report_version_text, report_version_texts
from rubric.layout import (
    BODIES_FOLDER,
    CROSSWALKS_FOLDER,
    OVERLAYS_FOLDER,
    RESERVED_NAMES,
    TEXT_FOLDER,
    VERSION_FILE,
)
from rubric.library.files import (
    YAML_SUFFIXES,
    FaultReport,
    check_file,
    group_faults,
    missing_text_fault,
    report_taken_ids,
    text_files,
    unread_file_fault,
    unread_text_faults,
    version_files,
    version_number,
    visible_files,
)
from rubric.library.loading import check_scheme, check_text
from rubric.library.lock import report_lock
from rubric.model.scheme import Scheme
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.changes import change_violations
from rubric.rules.text_ids import SchemeOutline, build_outline

_VERSION_NAMES = "a version file is named 1.yaml, 2.yaml and so on"


def check_paths(paths: Iterable[Path], existing: Path | None = None) -> list[Fault]:
    """Return every fault at `paths`: files, folders of one scheme, or folders of schemes.

    The ids of the schemes and profiles in the folder `existing` are taken. The faults of each file are cut as
    `faults.listed` says; what is wrong with one hides nothing of another.
    """
    report: FaultReport = {}
    for path in paths:
        report |= report_lock(path) | _report_path(path)
        if existing:
            taken = _report_taken_schemes(path, existing) | report_taken_bodies(path, existing)
            report |= taken | report_taken_crosswalks(path, existing) | report_taken_overlays(path, existing)
    return [fault for file in sorted(report) for fault in report[file]]


def _report_path(path: Path) -> FaultReport:
    if overlay_folder_of(path):
        return report_overlay_file(path)
    report: FaultReport = {}
    for overlay in overlay_folders_at(path):
        report |= report_overlay(overlay)
    return report if is_overlay_path(path) else report | _report_scheme_path(path)


def _report_scheme_path(path: Path) -> FaultReport:
    if is_crosswalk_path(path):
        return report_crosswalks(path)
    if path.resolve().name == BODIES_FOLDER and path.is_dir():
        return report_bodies(path)
    if profile := profile_at(path):
        return report_profile(profile)
    if not path.is_dir():
        return _report_file(path)
    if (path / TEXT_FOLDER).is_dir() or version_files(path):
        return _report_scheme(path)
    return _report_scheme_folder(path)


def _report_file(path: Path) -> FaultReport:
    """Check one file; a text file is checked against the versions in its scheme's folder."""
    if is_body_text(path):
        return report_body_text(path)
    if is_version_text(path):
        return report_version_text(path, _outlines(version_files(path.resolve().parents[2])))
    if path.resolve().parent.name == TEXT_FOLDER:
        return _report_text(path, _outlines(version_files(path.resolve().parent.parent)))
    if path.exists() and not VERSION_FILE.fullmatch(path.name):
        return {path: (unread_file_fault(path, _VERSION_NAMES),)}
    return _report_version(path)


def _report_scheme_folder(path: Path) -> FaultReport:
    bodies, crosswalks = path / BODIES_FOLDER, path / CROSSWALKS_FOLDER
    folders = [each for each in visible_files(path) if each.is_dir() and each.name not in RESERVED_NAMES]
    if not folders and not any(
        (path / each).is_dir() for each in (BODIES_FOLDER, CROSSWALKS_FOLDER, OVERLAYS_FOLDER)
    ):
        message = "no scheme is here; a scheme is a folder with 1.yaml and text/<locale>.yaml"
        return {path: (Fault(path, 0, 0, "no_scheme", message),)}
    report = report_bodies(bodies) if bodies.is_dir() else {}
    report |= report_crosswalks(crosswalks) if crosswalks.is_dir() else {}
    for folder in folders:
        report |= _report_scheme(folder)
    worded = [*folders, *map(profile_folder, profile_files(bodies))]
    for folder in worded:
        report |= _report_missing_locales(folder, worded)
    return report


def _report_scheme(folder: Path) -> FaultReport:
    versions, texts = version_files(folder), text_files(folder)
    outlines = _outlines(versions)
    report: FaultReport = {}
    for file in versions:
        report |= _report_version(file)
    for file in texts:
        report |= _report_text(file, outlines)
    report |= report_version_texts(folder, outlines)
    return report | group_faults([*_missing_files(folder, versions, texts), *_unread_files(folder)])


def _report_taken_schemes(path: Path, existing: Path) -> FaultReport:
    return report_taken_ids(
        filter(version_files, _scheme_folders(path)),
        filter(version_files, visible_files(existing)),
        "a scheme",
    )


def _scheme_folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path.parent] if VERSION_FILE.fullmatch(path.name) else []
    if (path / TEXT_FOLDER).is_dir() or version_files(path):
        return [path]
    return visible_files(path)


def _missing_files(folder: Path, versions: list[Path], texts: list[Path]) -> Iterator[Fault]:
    if not versions:
        yield Fault(folder, 0, 0, "no_version", "no version is here; the first is 1.yaml, the next 2.yaml")
    if not texts:
        yield missing_text_fault(folder)


def _unread_files(folder: Path) -> Iterator[Fault]:
    """Yield files that are not read, probably because of a typing mistake in the name."""
    for file in visible_files(folder):
        if file.suffix in YAML_SUFFIXES and not VERSION_FILE.fullmatch(file.name):
            yield unread_file_fault(file, _VERSION_NAMES)
    yield from unread_text_faults(folder)


def _report_missing_locales(folder: Path, folders: list[Path]) -> FaultReport:
    """Report the languages that other schemes or profiles of the folder have and this one lacks."""
    present = {text.name for text in text_files(folder)}
    wanted = sorted({text.name for each in folders for text in text_files(each)} - present)
    if not present:
        return {}
    message = "this locale is missing; another scheme or profile of the folder has it"
    return group_faults(Fault(folder / TEXT_FOLDER / name, 0, 0, "no_words", message) for name in wanted)


def _report_version(path: Path) -> FaultReport:
    """Check a version, and its `changes` against the version before it where that can be read."""
    earlier = _previous_version(path)
    before = _read_if_valid(earlier) if earlier else None
    if earlier and before is None:  # what is wrong with it is told at its own file
        return check_file(path, check_scheme)
    return check_file(
        path, lambda document: check_scheme(document, lambda scheme, _: change_violations(scheme, before))
    )


def _previous_version(version: Path) -> Path | None:
    earlier = [
        each
        for each in version_files(version.resolve().parent)
        if version_number(each) < version_number(version)
    ]
    return max(earlier, key=version_number, default=None)


def _read_if_valid(version: Path) -> Scheme | None:
    try:
        return check_scheme(read_document(version))
    except FaultsFoundError:
        return None


def _report_text(path: Path, outlines: list[SchemeOutline]) -> FaultReport:
    return check_file(path, lambda document: check_text(document, outlines))


def _outlines(versions: Iterable[Path]) -> list[SchemeOutline]:
    """Return the outlines of all versions, or none where one cannot be read."""
    try:
        return [build_outline(read_document(version).value) for version in versions]
    except FaultsFoundError:
        return []
