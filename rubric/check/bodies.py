"""Checks of certification-body profiles in a folder: `bodies/<id>.yaml` and `bodies/<id>/text/<locale>.yaml`."""

from collections.abc import Iterator
from pathlib import Path

from rubric.layout import BODIES_FOLDER, SHIPPED_SCHEMES, TEXT_FOLDER
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
from rubric.library.loading import load_scheme
from rubric.model.lifecycle import Lifecycle
from rubric.parsing.document import YamlValue, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.bodies import check_body, check_body_text

_NAMES = "a profile is named <id>.yaml, and its words <id>/text/<locale>.yaml"


def profile_files(bodies: Path) -> list[Path]:
    return [file for file in visible_files(bodies) if file.suffix == ".yaml" and file.is_file()]


def profile_folder(profile: Path) -> Path:
    """Return the folder with the texts of a profile, next to its file."""
    return profile.with_suffix("")


def profile_at(path: Path) -> Path | None:
    """Return the profile for a path to its file or to the folder of its texts; None for other paths."""
    real = path.resolve()
    if real.parent.name != BODIES_FOLDER or version_files(path):
        return None
    if not path.is_dir():
        return path
    return (path.parent if path.name == real.name else real.parent) / f"{real.name}.yaml"


def _profile_files_at(path: Path) -> list[Path]:
    """Return the profiles of a folder of profiles, of a folder of schemes, or the profile at a path."""
    if profile := profile_at(path):
        return [profile]
    return profile_files(path if path.resolve().name == BODIES_FOLDER else path / BODIES_FOLDER)


def report_bodies(bodies: Path) -> FaultReport:
    """Return every fault in a folder of profiles."""
    found = profile_files(bodies)
    report: FaultReport = {} if found else group_faults([_no_profile_fault(bodies)])
    for profile in found:
        report |= report_profile(profile)
    return report | group_faults(_orphan_faults(bodies))


def report_profile(profile: Path) -> FaultReport:
    """Return the faults of a profile and its texts."""
    folder = profile_folder(profile)
    report = check_file(
        profile, lambda document: check_body(document, _lifecycles(profile), _scheme_ids(profile))
    )
    for file in text_files(folder):
        report |= report_body_text(file)
    missing = [missing_text_fault(folder)] if profile.exists() and not text_files(folder) else []
    return report | group_faults([*missing, *unread_text_faults(folder), *_unread_files(folder)])


def report_body_text(file: Path) -> FaultReport:
    """Return the faults of one text file, checked against its profile."""
    folder = file.resolve().parent.parent
    profile = folder.parent / f"{folder.name}.yaml"
    return check_file(file, lambda document: check_body_text(document, _read_value(profile)))


def is_body_text(path: Path) -> bool:
    real = path.resolve()
    is_words = real.parent.name == TEXT_FOLDER and real.parents[2].name == BODIES_FOLDER
    return is_words and not version_files(real.parents[1])


def report_taken_bodies(path: Path, existing: Path) -> FaultReport:
    return report_taken_ids(
        _profile_files_at(path), profile_files(existing / BODIES_FOLDER), "a certification body"
    )


def _no_profile_fault(bodies: Path) -> Fault:
    return Fault(bodies, 0, 0, "no_profile", f"no profile is here; {_NAMES}")


def _orphan_faults(bodies: Path) -> Iterator[Fault]:
    """Yield faults for texts without a profile, and for files that are not read."""
    named = {profile.stem for profile in profile_files(bodies)}
    for each in visible_files(bodies):
        if each.is_dir() and each.name not in named:
            message = f"there is no {each.name}.yaml beside this folder, so that its words belong to nothing"
            yield Fault(each, 0, 0, "no_profile", message)
        elif each.suffix == ".yml":
            yield unread_file_fault(each, _NAMES)


def _unread_files(folder: Path) -> Iterator[Fault]:
    return (unread_file_fault(file, _NAMES) for file in visible_files(folder) if file.suffix in YAML_SUFFIXES)


def _read_value(profile: Path) -> YamlValue | None:
    try:
        return read_document(profile).value
    except FaultsFoundError:
        return None


def _scheme_ids(profile: Path) -> list[str]:
    """Return the ids of the shipped schemes and of those in the profile's folder of schemes."""
    roots = dict.fromkeys((SHIPPED_SCHEMES, profile.resolve().parent.parent))
    return sorted({folder.name for root in roots for folder in visible_files(root) if version_files(folder)})


def _lifecycles(profile: Path) -> Iterator[Lifecycle]:
    """Yield the life cycles of the newest valid versions of those schemes; the others are reported at their files."""
    for root in dict.fromkeys((SHIPPED_SCHEMES, profile.resolve().parent.parent)):
        for newest in filter(None, map(newest_version_file, visible_files(root))):
            try:
                yield load_scheme(newest).lifecycle
            except FaultsFoundError:
                continue
