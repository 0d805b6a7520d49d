"""Crosswalks in folders of schemes: `crosswalks/<id>.yaml`, read when first asked for, and checked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubric.layout import CROSSWALKS_FOLDER
from rubric.library.files import taken_id_fault
from rubric.model.scheme import Scheme, base_scheme_id
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault
from rubric.rules.crosswalks import SchemeVersions, check_crosswalk
from rubric.scoring.crosswalk import Crosswalk


@dataclass(slots=True)
class CrosswalkLibrary:
    """Files by id. `versions` gives every version of each scheme that there is."""

    paths: dict[str, Path]
    versions: Callable[[], SchemeVersions]
    _read: dict[str, Crosswalk] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Crosswalk]:
        """All of them, by id. Raises FaultsFoundError."""
        return (self[name] for name in sorted(self.paths))

    def __getitem__(self, name: str) -> Crosswalk:
        """The crosswalk of that id. Raises KeyError, FaultsFoundError."""
        if name not in self._read:
            self._read[name] = check_crosswalk(read_document(self.paths[name]), self.versions())
        return self._read[name]

    def find_between(self, one: str, other: str) -> Crosswalk | None:
        """The crosswalk that ties the two schemes, whichever way; the first by id where there are several."""
        pair = {base_scheme_id(one), base_scheme_id(other)}
        return next((walk for walk in self if {walk.from_, walk.to} == pair), None)

    def schemes_tied_to(self, scheme_id: str) -> list[str]:
        """The schemes that share a crosswalk with this one."""
        base = base_scheme_id(scheme_id)
        ends = [walk.opposite_scheme(base) for walk in self if base in (walk.from_, walk.to)]
        return list(dict.fromkeys(ends))


def discover_crosswalks(folders: Iterable[Path]) -> tuple[dict[str, Path], list[Fault]]:
    """The files by id in these folders of schemes, and what is wrong with ids that are taken."""
    paths: dict[str, Path] = {}
    faults = []
    for folder in folders:
        for path in sorted((folder / CROSSWALKS_FOLDER).glob("*.yaml")):
            if path.stem in paths:
                faults.append(taken_id_fault(path, "a crosswalk"))
            paths.setdefault(path.stem, path)
    return paths, faults


def group_versions(schemes: Iterable[Scheme]) -> SchemeVersions:
    """The versions by the id of their scheme."""
    found: dict[str, list[Scheme]] = {}
    for scheme in schemes:
        found.setdefault(scheme.id, []).append(scheme)
    return found
