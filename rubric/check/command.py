"""`xingping rubric check`: every fault of scheme files and folders in one run, each in its place."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubric.check.bodies import (
    bodies_report,
    bodies_taken,
    body_text_report,
    is_body_text,
    one_profile_at,
    profile_report,
    profiles_in,
    words_folder,
)
from rubric.check.crosswalks import crosswalks_report, crosswalks_taken, is_crosswalk
from rubric.check.overlays import (
    is_of_overlays,
    overlay_file_at,
    overlay_file_report,
    overlay_folders_at,
    overlay_report,
    overlays_taken,
)
from rubric.check.version_texts import is_version_text, version_text_report, version_texts_report
from rubric.layout import (
    BODIES_FOLDER,
    CROSSWALKS_FOLDER,
    OVERLAYS_FOLDER,
    RESERVED,
    TEXT_FOLDER,
    VERSION_FILE,
)
from rubric.library.files import (
    YAML,
    Report,
    checked_file,
    grouped,
    ids_taken,
    no_words,
    not_read,
    number_of,
    texts_in,
    texts_not_read,
    versions_in,
    visible_in,
)
from rubric.library.loading import check_scheme, check_text
from rubric.library.lock import lock_report
from rubric.model.scheme import Scheme
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.changes import change_faults
from rubric.rules.text_ids import Outline, outline

_VERSION_NAMES = "a version file is named 1.yaml, 2.yaml and so on"


def check_paths(paths: Iterable[Path], beside: Path | None = None) -> list[Fault]:
    """Every fault at `paths`: version files, profiles, text files, their folders, folders of schemes, mixed at will.

    The ids of the schemes and profiles in the folder `beside` are taken. The faults of each file are cut as
    `faults.listed` says; what is wrong with one hides nothing of another.
    """
    report: Report = {}
    for path in paths:
        report |= lock_report(path) | _report(path)
        if beside:
            taken = _schemes_taken(path, beside) | bodies_taken(path, beside)
            report |= taken | crosswalks_taken(path, beside) | overlays_taken(path, beside)
    return [fault for file in sorted(report) for fault in report[file]]


def _report(path: Path) -> Report:
    if overlay_file_at(path):
        return overlay_file_report(path)
    report: Report = {}
    for overlay in overlay_folders_at(path):
        report |= overlay_report(overlay)
    return report if is_of_overlays(path) else report | _report_of_schemes(path)


def _report_of_schemes(path: Path) -> Report:
    if is_crosswalk(path):
        return crosswalks_report(path)
    if path.resolve().name == BODIES_FOLDER and path.is_dir():
        return bodies_report(path)
    if profile := one_profile_at(path):
        return profile_report(profile)
    if not path.is_dir():
        return _file(path)
    if (path / TEXT_FOLDER).is_dir() or versions_in(path):
        return _scheme_folder(path)
    return _folder_of_schemes(path)


def _file(path: Path) -> Report:
    """One file alone: a text is compared with the versions it lies beside."""
    if is_body_text(path):
        return body_text_report(path)
    if is_version_text(path):
        return version_text_report(path, _outlines(versions_in(path.resolve().parents[2])))
    if path.resolve().parent.name == TEXT_FOLDER:
        return _text(path, _outlines(versions_in(path.resolve().parent.parent)))
    if path.exists() and not VERSION_FILE.fullmatch(path.name):
        return {path: (not_read(path, _VERSION_NAMES),)}
    return _version(path)


def _folder_of_schemes(path: Path) -> Report:
    bodies, crosswalks = path / BODIES_FOLDER, path / CROSSWALKS_FOLDER
    folders = [each for each in visible_in(path) if each.is_dir() and each.name not in RESERVED]
    if not folders and not any(
        (path / each).is_dir() for each in (BODIES_FOLDER, CROSSWALKS_FOLDER, OVERLAYS_FOLDER)
    ):
        message = "no scheme is here; a scheme is a folder with 1.yaml and text/<locale>.yaml"
        return {path: (Fault(path, 0, 0, "no_scheme", message),)}
    report = bodies_report(bodies) if bodies.is_dir() else {}
    report |= crosswalks_report(crosswalks) if crosswalks.is_dir() else {}
    for folder in folders:
        report |= _scheme_folder(folder)
    worded = [*folders, *map(words_folder, profiles_in(bodies))]
    for folder in worded:
        report |= _locales_wanted(folder, worded)
    return report


def _scheme_folder(folder: Path) -> Report:
    versions, texts = versions_in(folder), texts_in(folder)
    outlines = _outlines(versions)
    report: Report = {}
    for file in versions:
        report |= _version(file)
    for file in texts:
        report |= _text(file, outlines)
    report |= version_texts_report(folder, outlines)
    return report | grouped([*_missing_files(folder, versions, texts), *_unread(folder)])


def _schemes_taken(path: Path, beside: Path) -> Report:
    return ids_taken(
        filter(versions_in, _scheme_folders(path)), filter(versions_in, visible_in(beside)), "a scheme"
    )


def _scheme_folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path.parent] if VERSION_FILE.fullmatch(path.name) else []
    if (path / TEXT_FOLDER).is_dir() or versions_in(path):
        return [path]
    return visible_in(path)


def _missing_files(folder: Path, versions: list[Path], texts: list[Path]) -> Iterator[Fault]:
    if not versions:
        yield Fault(folder, 0, 0, "no_version", "no version is here; the first is 1.yaml, the next 2.yaml")
    if not texts:
        yield no_words(folder)


def _unread(folder: Path) -> Iterator[Fault]:
    """Files that nobody would read: most likely a slip in the name."""
    for file in visible_in(folder):
        if file.suffix in YAML and not VERSION_FILE.fullmatch(file.name):
            yield not_read(file, _VERSION_NAMES)
    yield from texts_not_read(folder)


def _locales_wanted(folder: Path, folders: list[Path]) -> Report:
    """Schemes and profiles that are offered together speak the same languages."""
    present = {text.name for text in texts_in(folder)}
    wanted = sorted({text.name for each in folders for text in texts_in(each)} - present)
    if not present:
        return {}
    message = "this locale is missing; another scheme or profile of the folder has it"
    return grouped(Fault(folder / TEXT_FOLDER / name, 0, 0, "no_words", message) for name in wanted)


def _version(path: Path) -> Report:
    """A version, and what it says of the changes since the one before that, as far as that can be read."""
    earlier = _before(path)
    before = _readable(earlier) if earlier else None
    if earlier and before is None:  # what is wrong with it is told at its own file
        return checked_file(path, check_scheme)
    return checked_file(
        path, lambda document: check_scheme(document, lambda scheme, _: change_faults(scheme, before))
    )


def _before(version: Path) -> Path | None:
    earlier = [each for each in versions_in(version.resolve().parent) if number_of(each) < number_of(version)]
    return max(earlier, key=number_of, default=None)


def _readable(version: Path) -> Scheme | None:
    try:
        return check_scheme(read_document(version))
    except FaultsFoundError:
        return None


def _text(path: Path, outlines: list[Outline]) -> Report:
    return checked_file(path, lambda document: check_text(document, outlines))


def _outlines(versions: Iterable[Path]) -> list[Outline]:
    """Of all versions, or none: ids that the others lack may be those of one that cannot be read."""
    try:
        return [outline(read_document(version).value) for version in versions]
    except FaultsFoundError:
        return []
