"""`xingping rubric check`: every fault of scheme files and folders in one run, each in its place."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from rubric.document import read_document
from rubric.faults import Fault, FaultsFoundError
from rubric.library import TEXT_FOLDER, VERSION_FILE, id_taken
from rubric.load import check_scheme, check_text
from rubric.outline import Outline, outline

Report: TypeAlias = dict[Path, tuple[Fault, ...]]
"""Faults by the file or folder that has them, so that what is reached by two paths is told once."""

_VERSION_NAMES = "a version file is named 1.yaml, 2.yaml and so on"
_YAML = (".yaml", ".yml")


def check_paths(paths: Iterable[Path], beside: Path | None = None) -> list[Fault]:
    """Every fault at `paths`: version files, text files, scheme folders or folders of schemes, mixed at will.

    The ids of the schemes in the folder `beside` are taken. The faults of each file are cut as `faults.listed`
    says; what is wrong with one hides nothing of another.
    """
    report: Report = {}
    for path in paths:
        report |= _report(path)
        report |= _ids_taken(path, beside) if beside else {}
    return [fault for file in sorted(report) for fault in report[file]]


def _report(path: Path) -> Report:
    if not path.is_dir():
        return _file(path)
    if (path / TEXT_FOLDER).is_dir() or _versions(path):
        return _scheme_folder(path)
    return _folder_of_schemes(path)


def _file(path: Path) -> Report:
    """One file alone: a text is compared with the versions it lies beside."""
    if path.resolve().parent.name == TEXT_FOLDER:
        return _text(path, _outlines(_versions(path.resolve().parent.parent)))
    if path.exists() and not VERSION_FILE.fullmatch(path.name):
        return {path: (_not_read(path, _VERSION_NAMES),)}
    return _version(path)


def _folder_of_schemes(path: Path) -> Report:
    folders = [each for each in _visible(path) if each.is_dir()]
    if not folders:
        message = "no scheme is here; a scheme is a folder with 1.yaml and text/<locale>.yaml"
        return {path: (Fault(path, 0, 0, "no_scheme", message),)}
    report: Report = {}
    for folder in folders:
        report |= _scheme_folder(folder)
    for folder in folders:
        report |= _locales_wanted(folder, folders)
    return report


def _scheme_folder(folder: Path) -> Report:
    versions, texts = _versions(folder), _texts(folder)
    outlines = _outlines(versions)
    report: Report = {}
    for file in versions:
        report |= _version(file)
    for file in texts:
        report |= _text(file, outlines)
    return report | _grouped([*_missing_files(folder, versions, texts), *_unread(folder)])


def _ids_taken(path: Path, beside: Path) -> Report:
    """Scheme folders at `path` that are named as one of `beside`, and are not that one."""
    taken = {folder.name: folder.resolve() for folder in _visible(beside) if _versions(folder)}
    here = {folder: folder.resolve() for folder in _scheme_folders(path) if _versions(folder)}
    return _grouped(id_taken(folder) for folder, real in here.items() if taken.get(real.name, real) != real)


def _scheme_folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path.parent] if VERSION_FILE.fullmatch(path.name) else []
    if (path / TEXT_FOLDER).is_dir() or _versions(path):
        return [path]
    return _visible(path)


def _missing_files(folder: Path, versions: list[Path], texts: list[Path]) -> Iterator[Fault]:
    if not versions:
        yield Fault(folder, 0, 0, "no_version", "no version is here; the first is 1.yaml, the next 2.yaml")
    if not texts:
        yield Fault(
            folder / TEXT_FOLDER, 0, 0, "no_words", "no words are here; at least one locale, such as en.yaml"
        )


def _unread(folder: Path) -> Iterator[Fault]:
    """Files that nobody would read: most likely a slip in the name."""
    for file in _visible(folder):
        if file.suffix in _YAML and not VERSION_FILE.fullmatch(file.name):
            yield _not_read(file, _VERSION_NAMES)
    for file in _visible(folder / TEXT_FOLDER):
        if file.suffix != ".yaml":
            yield _not_read(file, "words are named <locale>.yaml, such as en.yaml")


def _not_read(file: Path, allowed: str) -> Fault:
    return Fault(file, 0, 0, "file_name", f"a file of this name is not read; {allowed}")


def _locales_wanted(folder: Path, folders: list[Path]) -> Report:
    """Schemes that are offered together speak the same languages."""
    present = {text.name for text in _texts(folder)}
    wanted = sorted({text.name for each in folders for text in _texts(each)} - present)
    if not present:
        return {}
    message = "this locale is missing; another scheme of the folder has it"
    return _grouped(Fault(folder / TEXT_FOLDER / name, 0, 0, "no_words", message) for name in wanted)


def _grouped(faults: Iterable[Fault]) -> Report:
    return {fault.path: (fault,) for fault in faults}


def _version(path: Path) -> Report:
    try:
        check_scheme(read_document(path))
    except FaultsFoundError as error:
        return {path: error.faults}
    return {}


def _text(path: Path, outlines: list[Outline]) -> Report:
    try:
        check_text(read_document(path), outlines)
    except FaultsFoundError as error:
        return {path: error.faults}
    return {}


def _outlines(versions: Iterable[Path]) -> list[Outline]:
    """Of all versions, or none: ids that the others lack may be those of one that cannot be read."""
    try:
        return [outline(read_document(version).value) for version in versions]
    except FaultsFoundError:
        return []


def _versions(folder: Path) -> list[Path]:
    return [file for file in _visible(folder) if VERSION_FILE.fullmatch(file.name)]


def _texts(folder: Path) -> list[Path]:
    return [file for file in _visible(folder / TEXT_FOLDER) if file.suffix == ".yaml"]


def _visible(folder: Path) -> list[Path]:
    """What lies in the folder, in order; nothing where there is none."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
