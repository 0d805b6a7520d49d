"""Crosswalks in folders of schemes: `crosswalks/<id>.yaml`, read and checked on first use."""

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
    """Crosswalks by id, read on first use. `versions` returns every version of every scheme."""

    paths: dict[str, Path]
    versions: Callable[[], SchemeVersions]
    _read: dict[str, Crosswalk] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Crosswalk]:
        """Iterate over the crosswalks by id. Raises FaultsFoundError."""
        return (self[name] for name in sorted(self.paths))

    def __getitem__(self, name: str) -> Crosswalk:
        """Return the crosswalk. Raises KeyError, FaultsFoundError."""
        if name not in self._read:
            self._read[name] = check_crosswalk(read_document(self.paths[name]), self.versions())
        return self._read[name]

    def find_between(self, one: str, other: str) -> Crosswalk | None:
        """Return the crosswalk between two schemes in either direction, the first by id; None without any."""
        pair = {base_scheme_id(one), base_scheme_id(other)}
        return next((walk for walk in self if {walk.from_, walk.to} == pair), None)

    def schemes_tied_to(self, scheme_id: str) -> list[str]:
        """Return the schemes that have a crosswalk with this one."""
        base = base_scheme_id(scheme_id)
        ends = [walk.opposite_scheme(base) for walk in self if base in (walk.from_, walk.to)]
        return list(dict.fromkeys(ends))


def discover_crosswalks(folders: Iterable[Path]) -> tuple[dict[str, Path], list[Fault]]:
    """Return the files by id in these folders of schemes, and faults for ids used twice."""
    paths: dict[str, Path] = {}
    faults = []
    for folder in folders:
        for path in sorted((folder / CROSSWALKS_FOLDER).glob("*.yaml")):
            if path.stem in paths:
                faults.append(taken_id_fault(path, "a crosswalk"))
            paths.setdefault(path.stem, path)
    return paths, faults


def group_versions(schemes: Iterable[Scheme]) -> SchemeVersions:
    """Group versions by the id of their scheme."""
    found: dict[str, list[Scheme]] = {}
    for scheme in schemes:
        found.setdefault(scheme.id, []).append(scheme)
    return found
