"""`xingping rubric check` for crosswalks: every fault of the files in a folder, each in its place."""

from collections.abc import Iterator
from pathlib import Path

from rubric.layout import CROSSWALKS_FOLDER, SHIPPED
from rubric.library.files import Report, checked_file, grouped, ids_taken, not_read, versions_in, visible_in
from rubric.library.loading import load_scheme
from rubric.model.scheme import Scheme
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.crosswalks import Known, check_crosswalk
from rubric.scoring.crosswalk import Crosswalk

_NAMES = "a crosswalk is named <id>.yaml"


def is_crosswalk(path: Path) -> bool:
    """Whether the path is a folder of crosswalks, or a file in one."""
    real = path.resolve()
    return CROSSWALKS_FOLDER in (real.name, real.parent.name) and not versions_in(path)


def crosswalks_report(path: Path) -> Report:
    """Everything wrong in a folder of crosswalks, or in one of them."""
    folder = path if path.is_dir() else path.parent
    known = _known(folder)
    report: Report = {}
    ties: dict[frozenset[str], str] = {}
    for file in [path] if path != folder else visible_in(folder):
        if file.suffix != ".yaml":
            report |= grouped([not_read(file, _NAMES)])
            continue
        try:
            walk = check_crosswalk(read_document(file), known)
            report |= grouped(_tied_already(walk, file, ties))
        except FaultsFoundError:
            report |= checked_file(file, lambda document: check_crosswalk(document, known))
    return report


def crosswalks_taken(path: Path, beside: Path) -> Report:
    folder = path if is_crosswalk(path) else path / CROSSWALKS_FOLDER
    here = visible_in(folder) if folder.is_dir() else [folder]
    return ids_taken(here, visible_in(beside / CROSSWALKS_FOLDER), "a crosswalk")


def _tied_already(walk: Crosswalk, file: Path, ties: dict[frozenset[str], str]) -> Iterator[Fault]:
    pair = frozenset((walk.from_, walk.to))
    if pair in ties:
        message = f"'{walk.from_}' and '{walk.to}' are tied in {ties[pair]} already; one crosswalk has all their ties"
        yield Fault(file, 0, 0, "twice", message)
    ties.setdefault(pair, file.name)


def _known(folder: Path) -> Known:
    """The schemes shipped and those beside the folder; of the faulty, which are told elsewhere, the name alone."""
    found: dict[str, list[Scheme]] = {}
    for root in dict.fromkeys((SHIPPED, folder.resolve().parent)):
        for scheme in visible_in(root):
            for version in versions_in(scheme):
                found.setdefault(scheme.name, []).extend(_loaded(version))
    return found


def _loaded(version: Path) -> Iterator[Scheme]:
    try:
        yield load_scheme(version)
    except FaultsFoundError:
        return
