"""The lock of published versions: a version, once published, never changes.

A lock is a mapping of `id@version` (`overlays/id@version`) to the SHA-256 of the version's file, line ends normalised.
The words may be corrected at any time; what a case has used of them is archived with it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rubric.layout import SHIPPED_SCHEMES
from rubric.library.files import FaultReport, group_faults
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault, FaultsFoundError

LOCK_FILE = "published.lock"
_HEADING = "# Versions that are published never change. Written by `xingping rubric publish`.\n"
_DEPTH = 4  # of a text file below the folder of schemes


def lock_path(root: Path) -> Path:
    """Return the lock file of a folder of schemes; that of the shipped schemes is next to their folder."""
    return (
        SHIPPED_SCHEMES.parent / LOCK_FILE
        if root.resolve() == SHIPPED_SCHEMES.resolve()
        else root / LOCK_FILE
    )


def read_lock(root: Path) -> dict[str, str]:
    """Return the published versions with their checksums; none without a lock. Raises FaultsFoundError."""
    path = lock_path(root)
    if not path.exists():
        return {}
    document = read_document(path)
    if not isinstance(document.value, dict):
        message = (
            "a lock is a mapping of id@version to a checksum; put it back from where you keep your versions"
        )
        raise FaultsFoundError([document.fault_at((), "value", message)])
    return {name: str(checksum) for name, checksum in document.value.items()}


def file_checksum(file: Path) -> str:
    """Return the SHA-256 of a file with normalised line ends. Raises OSError."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def version_file(root: Path, name: str) -> Path:
    """Return the file of `id@version`, or of `overlays/id@version`."""
    folder, _, version = name.rpartition("@")
    return root / folder / f"{version}.yaml"


def publish(root: Path, names: Iterable[str]) -> list[str]:
    """Add `id@version`s to the lock and return the new ones. Raises FaultsFoundError, OSError, and then adds none."""
    present = read_lock(root)
    faults = list(_lock_faults(root, {name: present[name] for name in names if name in present}))
    if faults:
        raise FaultsFoundError(faults)
    new = {name: file_checksum(version_file(root, name)) for name in names if name not in present}
    if new:
        _write_lock(lock_path(root), present | new)
    return sorted(new)


def verify_lock(root: Path) -> None:
    """Raise FaultsFoundError where a published version has changed or is missing."""
    if faults := list(_lock_faults(root, read_lock(root))):
        raise FaultsFoundError.of_files(faults)


def report_lock(path: Path) -> FaultReport:
    """Return the faults of published versions at a path: a folder of schemes, one scheme, one file."""
    real = path.resolve()
    root = next((each for each in (real, *real.parents[:_DEPTH]) if lock_path(each).is_file()), None)
    if root is None:
        return {}
    try:
        entries = read_lock(root)
    except FaultsFoundError as error:
        return {lock_path(root): error.faults}
    here = {name: kept for name, kept in entries.items() if _is_at_or_below(version_file(root, name), real)}
    return group_faults(_with_given_path(path, real, fault) for fault in _lock_faults(root, here))


def _is_at_or_below(file: Path, path: Path) -> bool:
    return file == path or path in file.parents


def _with_given_path(path: Path, real: Path, fault: Fault) -> Fault:
    """Return the fault with the path as the user gave it."""
    told = path / fault.path.relative_to(real) if real in (fault.path, *fault.path.parents) else fault.path
    return Fault(told, fault.line, fault.column, fault.code, fault.message)


def _lock_faults(root: Path, entries: Mapping[str, str]) -> Iterator[Fault]:
    for name, kept in entries.items():
        file = version_file(root, name)
        following = f"{int(name.rpartition('@')[2]) + 1}.yaml"
        if not file.is_file():
            yield Fault(file, 0, 0, "published", f"{name} is published, and its file is gone; put it back")
        elif file_checksum(file) != kept:
            message = (
                f"{name} is published and must not change; undo that, and change a copy named {following}"
            )
            yield Fault(file, 0, 0, "published", message)


def _write_lock(path: Path, entries: Mapping[str, str]) -> None:
    """Replace the file in one step, so that no reader sees a partial file."""
    text = _HEADING + "".join(f"{name}: {kept}\n" for name, kept in sorted(entries.items()))
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
