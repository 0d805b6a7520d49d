"""The files in a folder of schemes, and reports of what is wrong with them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from rubric.layout import TEXT_FOLDER, VERSION_FILE
from rubric.parsing.document import Document, read_faulty
from rubric.parsing.faults import Fault, FaultsFoundError, listed

Report: TypeAlias = dict[Path, tuple[Fault, ...]]
"""Faults by the file or folder that has them, so that what is reached by two paths is told once."""

YAML = (".yaml", ".yml")


def visible_in(folder: Path) -> list[Path]:
    """What lies in the folder, in order; nothing where there is none."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))


def versions_in(folder: Path) -> list[Path]:
    return [file for file in visible_in(folder) if VERSION_FILE.fullmatch(file.name)]


def newest_in(folder: Path) -> Path | None:
    """The file of the highest version; None where there is none."""
    return max(versions_in(folder), key=number_of, default=None)


def number_of(version: Path) -> int:
    """The version that the file is; 0 for a file of another name."""
    return int(version.stem) if version.stem.isdecimal() else 0


def texts_in(folder: Path) -> list[Path]:
    return [file for file in visible_in(folder / TEXT_FOLDER) if file.suffix == ".yaml"]


def grouped(faults: Iterable[Fault]) -> Report:
    """Of files that have one fault each."""
    return {fault.path: (fault,) for fault in faults}


def not_read(file: Path, allowed: str) -> Fault:
    return Fault(file, 0, 0, "file_name", f"a file of this name is not read; {allowed}")


def id_taken(path: Path, what: str) -> Fault:
    """What is wrong where `what` lies at `path` is named as one elsewhere; `what` is such as 'an overlay'."""
    message = f"{what} of this id is there already; give yours an id of its own"
    return Fault(path, 0, 0, "twice", message)


def ids_taken(here: Iterable[Path], there: Iterable[Path], what: str) -> Report:
    """What lies `here` and is named as something that lies `there`, without being that."""
    taken = {each.name: each.resolve() for each in there}
    real = {each: each.resolve() for each in here}
    return grouped(
        id_taken(each, what) for each in real if taken.get(real[each].name, real[each]) != real[each]
    )


def texts_not_read(folder: Path) -> list[Fault]:
    """Files in its text folder that nobody would read: most likely a slip in the name."""
    allowed = "words are named <locale>.yaml, such as en.yaml"
    return [
        not_read(file, allowed)
        for file in visible_in(folder / TEXT_FOLDER)
        if file.suffix != ".yaml" and not (file.is_dir() and file.name.isdecimal())
    ]


def no_words(folder: Path) -> Fault:
    message = "no words are here; at least one locale, such as en.yaml"
    return Fault(folder / TEXT_FOLDER, 0, 0, "no_words", message)


def checked_file(path: Path, check: Callable[[Document], object]) -> Report:
    """What is wrong with the form of a file and, as far as it could be read all the same, what `check` finds.

    A file that is laid over others may have faults that lie in those.
    """
    document = read_faulty(path)
    meant = _found(document, check) if document.whole else ()
    if document.faults:
        rest = (fault for fault in meant if not _follows(fault, document.faults))
        meant = listed([*document.faults, *rest])
    found: dict[Path, list[Fault]] = {}
    for fault in meant:
        found.setdefault(fault.path, []).append(fault)
    return {file: tuple(faults) for file, faults in found.items()}


def _found(document: Document, check: Callable[[Document], object]) -> tuple[Fault, ...]:
    try:
        check(document)
    except FaultsFoundError as error:
        return error.faults
    return ()


def _follows(fault: Fault, of_form: Iterable[Fault]) -> bool:
    """Whether the fault is at or in what is told to have a wrong form already."""
    return any(each.where and fault.where[: len(each.where)] == each.where for each in of_form)
