"""What several folders of schemes hold together: no id twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rubric.body_shelf import body_taken
from rubric.crosswalk_files import crosswalks_in
from rubric.faults import Fault, FaultsFoundError
from rubric.layout import BODIES_FOLDER, OVERLAYS_FOLDER, RESERVED, VERSION_FILE
from rubric.overlays.shelf import overlay_taken

Versions: TypeAlias = dict[str, dict[str, Path]]
"""Files by id and version."""


@dataclass(slots=True)
class Found:
    """Version files of schemes and overlays; profiles and crosswalks by id."""

    schemes: Versions = field(default_factory=dict)
    overlays: Versions = field(default_factory=dict)
    profiles: dict[str, Path] = field(default_factory=dict)
    walks: dict[str, Path] = field(default_factory=dict)


def found_in(folders: Iterable[Path]) -> Found:
    """All that lies in the folders. Raises FaultsFoundError: no such folder, an id twice."""
    found, faults, folders = Found(), [], tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(folder, 0, 0, "no_folder", "there is no such folder"))
        faults += _taken_in(found, folder)
    found.walks, taken = crosswalks_in(folders)
    if faults or taken:
        raise FaultsFoundError([*faults, *taken])
    return found


def _taken_in(found: Found, folder: Path) -> list[Fault]:
    """Add what lies in one folder; what is wrong with ids that were there before."""
    faults = []
    for name, versions in _versions_in(folder).items():
        if found.schemes.setdefault(name, versions) is not versions:
            faults.append(id_taken(folder / name))
    for name, versions in _versions_in(folder / OVERLAYS_FOLDER).items():
        if found.overlays.setdefault(name, versions) is not versions:
            faults.append(overlay_taken(folder / OVERLAYS_FOLDER / name))
    for path in sorted((folder / BODIES_FOLDER).glob("*.yaml")):
        if found.profiles.setdefault(path.stem, path) is not path:
            faults.append(body_taken(path))
    return faults


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
