"""What several folders of schemes hold together: no id twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rubric.body_shelf import body_taken
from rubric.crosswalk_files import crosswalks_in
from rubric.faults import Fault, FaultsFoundError
from rubric.layout import BODIES_FOLDER, OVERLAYS_FOLDER, RESERVED, VERSION_FILE
from rubric.lock import published
from rubric.overlays.shelf import overlay_taken

Versions: TypeAlias = dict[str, dict[str, Path]]
"""Files by id and version."""


@dataclass(slots=True)
class Found:
    """Version files of schemes and overlays; profiles and crosswalks by id.

    `drafts` are the schemes that have versions which are left out, since others are published and they are not.
    """

    schemes: Versions = field(default_factory=dict)
    overlays: Versions = field(default_factory=dict)
    profiles: dict[str, Path] = field(default_factory=dict)
    walks: dict[str, Path] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()


def found_in(folders: Iterable[Path], *, drafts: bool) -> Found:
    """All that lies in the folders; with `drafts` the versions too that are not published, where others are.

    Raises FaultsFoundError: no such folder, an id twice, a lock that cannot be read.
    """
    found, faults, folders = Found(), [], tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(folder, 0, 0, "no_folder", "there is no such folder"))
        kept = None if drafts or not folder.is_dir() else published(folder).keys()
        faults += _taken_in(found, folder, kept)
    found.walks, taken = crosswalks_in(folders)
    if faults or taken:
        raise FaultsFoundError([*faults, *taken])
    return found


def _taken_in(found: Found, folder: Path, kept: Collection[str] | None) -> list[Fault]:
    """Add what lies in one folder; what is wrong with ids that were there before."""
    faults = []
    for name, every in _versions_in(folder).items():
        versions = _finished(name, every, kept)
        if len(versions) < len(every):
            found.drafts |= {name}
        if found.schemes.setdefault(name, versions) is not versions:
            faults.append(id_taken(folder / name))
    for name, every in _versions_in(folder / OVERLAYS_FOLDER).items():
        versions = _finished(f"{OVERLAYS_FOLDER}/{name}", every, kept)
        if found.overlays.setdefault(name, versions) is not versions:
            faults.append(overlay_taken(folder / OVERLAYS_FOLDER / name))
    for path in sorted((folder / BODIES_FOLDER).glob("*.yaml")):
        if found.profiles.setdefault(path.stem, path) is not path:
            faults.append(body_taken(path))
    return faults


def _finished(name: str, versions: dict[str, Path], kept: Collection[str] | None) -> dict[str, Path]:
    """Those that are published, if there is one; else all, as of a scheme that is still being tried out."""
    finished = {number: path for number, path in versions.items() if f"{name}@{number}" in (kept or ())}
    return finished or versions


def id_taken(folder: Path) -> Fault:
    """What is wrong with a scheme folder that is named as one elsewhere."""
    message = "a scheme of this id is there already; give yours an id of its own"
    return Fault(folder, 0, 0, "twice", message)


def _versions_in(folder: Path) -> Versions:
    found: Versions = {}
    for path in sorted(folder.glob("*/*.yaml")):
        match = VERSION_FILE.fullmatch(path.name)
        if match and path.parent.name not in RESERVED:
            found.setdefault(path.parent.name, {})[match[1]] = path
    return found
