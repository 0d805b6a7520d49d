"""The files in a folder of schemes, and the faults of each."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from rubric.layout import TEXT_FOLDER, VERSION_FILE
from rubric.parsing.document import YamlDocument, read_with_faults
from rubric.parsing.faults import Fault, FaultsFoundError, limit_faults

FaultReport: TypeAlias = dict[Path, tuple[Fault, ...]]
"""(constant doc) Faults by file or folder, so that a file reached by two paths is reported once."""

YAML_SUFFIXES = (".yaml", ".yml")


def visible_files(folder: Path) -> list[Path]:
    """Return the entries of the folder in order, without hidden ones; none where the folder does not exist."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))


def version_files(folder: Path) -> list[Path]:
    return [file for file in visible_files(folder) if VERSION_FILE.fullmatch(file.name)]


def newest_version_file(folder: Path) -> Path | None:
    """Return the file of the highest version; None where there is none."""
    return max(version_files(folder), key=version_number, default=None)


def version_number(version: Path) -> int:
    """Return the number of a version file; 0 for a file of another name."""
    return int(version.stem) if version.stem.isdecimal() else 0


def text_files(folder: Path) -> list[Path]:
    return [file for file in visible_files(folder / TEXT_FOLDER) if file.suffix == ".yaml"]


def group_faults(faults: Iterable[Fault]) -> FaultReport:
    """Group the faults of files that have one fault each."""
    return {fault.path: (fault,) for fault in faults}


def unread_file_fault(file: Path, allowed: str) -> Fault:
    return Fault(file, 0, 0, "file_name", f"a file of this name is not read; {allowed}")


def taken_id_fault(path: Path, what: str) -> Fault:
    """Return the fault for an id that is used already; `what` is such as 'an overlay'."""
    message = f"{what} of this id is there already; give yours an id of its own"
    return Fault(path, 0, 0, "twice", message)


def report_taken_ids(here: Iterable[Path], there: Iterable[Path], what: str) -> FaultReport:
    """Report each of `here` that has the name of one of `there` and is another file."""
    taken = {each.name: each.resolve() for each in there}
    real = {each: each.resolve() for each in here}
    return group_faults(
        taken_id_fault(each, what) for each in real if taken.get(real[each].name, real[each]) != real[each]
    )


def unread_text_faults(folder: Path) -> list[Fault]:
    """Return faults for files in the text folder that are not read, probably misnamed."""
    allowed = "words are named <locale>.yaml, such as en.yaml"
    return [
        unread_file_fault(file, allowed)
        for file in visible_files(folder / TEXT_FOLDER)
        if file.suffix != ".yaml" and not (file.is_dir() and file.name.isdecimal())
    ]


def missing_text_fault(folder: Path) -> Fault:
    message = "no words are here; at least one locale, such as en.yaml"
    return Fault(folder / TEXT_FOLDER, 0, 0, "no_words", message)


def check_file(path: Path, check: Callable[[YamlDocument], object]) -> FaultReport:
    """Check one file: the faults of its form, and those that `check` finds.

    A file that is laid over others may have faults that lie in those.
    """
    document = read_with_faults(path)
    meant = _faults_of(document, check) if document.is_complete else ()
    if document.faults:
        rest = (fault for fault in meant if not _is_in_faulty_part(fault, document.faults))
        meant = limit_faults([*document.faults, *rest])
    found: dict[Path, list[Fault]] = {}
    for fault in meant:
        found.setdefault(fault.path, []).append(fault)
    return {file: tuple(faults) for file, faults in found.items()}


def _faults_of(document: YamlDocument, check: Callable[[YamlDocument], object]) -> tuple[Fault, ...]:
    try:
        check(document)
    except FaultsFoundError as error:
        return error.faults
    return ()


def _is_in_faulty_part(fault: Fault, of_form: Iterable[Fault]) -> bool:
    """Return whether the fault is inside a part that has a fault of form."""
    return any(each.where and fault.where[: len(each.where)] == each.where for each in of_form)
