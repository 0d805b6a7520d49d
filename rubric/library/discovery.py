"""The files found in several folders of schemes, with each id used once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rubric.layout import BODIES_FOLDER, OVERLAYS_FOLDER, RESERVED_NAMES, VERSION_FILE
from rubric.library.crosswalks import discover_crosswalks
from rubric.library.files import taken_id_fault
from rubric.library.lock import read_lock
from rubric.parsing.faults import Fault, FaultsFoundError

VersionFiles: TypeAlias = dict[str, dict[str, Path]]
"""Files by id and version."""


@dataclass(slots=True)
class DiscoveredFiles:
    """Version files of schemes and overlays, and files of profiles and crosswalks by id.

    `drafts` are the schemes with unpublished versions, which are left out because other versions are published.
    """

    schemes: VersionFiles = field(default_factory=dict)
    overlays: VersionFiles = field(default_factory=dict)
    profiles: dict[str, Path] = field(default_factory=dict)
    crosswalk_files: dict[str, Path] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()


def discover_files(folders: Iterable[Path], *, drafts: bool) -> DiscoveredFiles:
    """Find all files in the folders; with `drafts` also unpublished versions. Raises FaultsFoundError.

    Raises FaultsFoundError: no such folder, an id twice, a lock that cannot be read.
    """
    found, faults, folders = DiscoveredFiles(), [], tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(folder, 0, 0, "no_folder", "there is no such folder"))
        kept = None if drafts or not folder.is_dir() else read_lock(folder).keys()
        faults += _add_folder(found, folder, kept)
    found.crosswalk_files, taken = discover_crosswalks(folders)
    if faults or taken:
        raise FaultsFoundError([*faults, *taken])
    return found


def _add_folder(found: DiscoveredFiles, folder: Path, kept: Collection[str] | None) -> list[Fault]:
    """Add the files of one folder; return a fault for each id that was found before."""
    faults = []
    for name, every in _files_by_version(folder).items():
        versions = _usable_versions(name, every, kept)
        if len(versions) < len(every):
            found.drafts |= {name}
        if found.schemes.setdefault(name, versions) is not versions:
            faults.append(taken_id_fault(folder / name, "a scheme"))
    for name, every in _files_by_version(folder / OVERLAYS_FOLDER).items():
        versions = _usable_versions(f"{OVERLAYS_FOLDER}/{name}", every, kept)
        if found.overlays.setdefault(name, versions) is not versions:
            faults.append(taken_id_fault(folder / OVERLAYS_FOLDER / name, "an overlay"))
    for path in sorted((folder / BODIES_FOLDER).glob("*.yaml")):
        if found.profiles.setdefault(path.stem, path) is not path:
            faults.append(taken_id_fault(path, "a certification body"))
    return faults


def _usable_versions(name: str, versions: dict[str, Path], kept: Collection[str] | None) -> dict[str, Path]:
    """Return the published versions, or all where none is published."""
    finished = {number: path for number, path in versions.items() if f"{name}@{number}" in (kept or ())}
    return finished or versions


def _files_by_version(folder: Path) -> VersionFiles:
    found: VersionFiles = {}
    for path in sorted(folder.glob("*/*.yaml")):
        match = VERSION_FILE.fullmatch(path.name)
        if match and path.parent.name not in RESERVED_NAMES:
            found.setdefault(path.parent.name, {})[match[1]] = path
    return found
