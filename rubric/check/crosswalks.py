"""`xingping rubric check` for crosswalks: every fault of the files in a folder."""

from collections.abc import Iterator
from pathlib import Path

from rubric.layout import CROSSWALKS_FOLDER, SHIPPED_SCHEMES
from rubric.library.files import (
    FaultReport,
    check_file,
    group_faults,
    report_taken_ids,
    unread_file_fault,
    version_files,
    visible_files,
)
from rubric.library.loading import load_scheme
from rubric.model.scheme import Scheme
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.crosswalks import SchemeVersions, check_crosswalk
from rubric.scoring.crosswalk import Crosswalk

_NAMES = "a crosswalk is named <id>.yaml"


def is_crosswalk_path(path: Path) -> bool:
    """Whether the path is a folder of crosswalks, or a file in one."""
    real = path.resolve()
    return CROSSWALKS_FOLDER in (real.name, real.parent.name) and not version_files(path)


def report_crosswalks(path: Path) -> FaultReport:
    """Return every fault in a folder of crosswalks, or in one of them."""
    folder = path if path.is_dir() else path.parent
    known = _scheme_versions(folder)
    report: FaultReport = {}
    ties: dict[frozenset[str], str] = {}
    for file in [path] if path != folder else visible_files(folder):
        if file.suffix != ".yaml":
            report |= group_faults([unread_file_fault(file, _NAMES)])
            continue
        try:
            walk = check_crosswalk(read_document(file), known)
            report |= group_faults(_duplicate_pair_faults(walk, file, ties))
        except FaultsFoundError:
            report |= check_file(file, lambda document: check_crosswalk(document, known))
    return report


def report_taken_crosswalks(path: Path, existing: Path) -> FaultReport:
    folder = path if is_crosswalk_path(path) else path / CROSSWALKS_FOLDER
    here = visible_files(folder) if folder.is_dir() else [folder]
    return report_taken_ids(here, visible_files(existing / CROSSWALKS_FOLDER), "a crosswalk")


def _duplicate_pair_faults(walk: Crosswalk, file: Path, ties: dict[frozenset[str], str]) -> Iterator[Fault]:
    pair = frozenset((walk.from_, walk.to))
    if pair in ties:
        message = f"'{walk.from_}' and '{walk.to}' are tied in {ties[pair]} already; one crosswalk has all their ties"
        yield Fault(file, 0, 0, "twice", message)
    ties.setdefault(pair, file.name)


def _scheme_versions(folder: Path) -> SchemeVersions:
    """Return the versions of the shipped schemes and of those in the folder; none for a scheme with faults."""
    found: dict[str, list[Scheme]] = {}
    for root in dict.fromkeys((SHIPPED_SCHEMES, folder.resolve().parent)):
        for scheme in visible_files(root):
            for version in version_files(scheme):
                found.setdefault(scheme.name, []).extend(_load_if_valid(version))
    return found


def _load_if_valid(version: Path) -> Iterator[Scheme]:
    try:
        yield load_scheme(version)
    except FaultsFoundError:
        return
