"""Crosswalks in folders of schemes: `crosswalks/<id>.yaml`, read when first asked for, and checked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubric.layout import CROSSWALKS_FOLDER
from rubric.library.files import id_taken
from rubric.model.scheme import Scheme, base_of
from rubric.parsing.document import read_document
from rubric.parsing.faults import Fault
from rubric.rules.crosswalks import Known, check_crosswalk
from rubric.scoring.crosswalk import Crosswalk


@dataclass(slots=True)
class Crosswalks:
    """Files by id. `versions` gives every version of each scheme that there is."""

    paths: dict[str, Path]
    versions: Callable[[], Known]
    _read: dict[str, Crosswalk] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Crosswalk]:
        """All of them, by id. Raises FaultsFoundError."""
        return (self[name] for name in sorted(self.paths))

    def __getitem__(self, name: str) -> Crosswalk:
        """The crosswalk of that id. Raises KeyError, FaultsFoundError."""
        if name not in self._read:
            self._read[name] = check_crosswalk(read_document(self.paths[name]), self.versions())
        return self._read[name]

    def between(self, one: str, other: str) -> Crosswalk | None:
        """The crosswalk that ties the two schemes, whichever way; the first by id where there are several."""
        pair = {base_of(one), base_of(other)}
        return next((walk for walk in self if {walk.from_, walk.to} == pair), None)

    def leading_to(self, scheme_id: str) -> list[str]:
        """The schemes that share a crosswalk with this one."""
        base = base_of(scheme_id)
        ends = [walk.other(base) for walk in self if base in (walk.from_, walk.to)]
        return list(dict.fromkeys(ends))


def crosswalks_in(folders: Iterable[Path]) -> tuple[dict[str, Path], list[Fault]]:
    """The files by id in these folders of schemes, and what is wrong with ids that are taken."""
    paths: dict[str, Path] = {}
    faults = []
    for folder in folders:
        for path in sorted((folder / CROSSWALKS_FOLDER).glob("*.yaml")):
            if path.stem in paths:
                faults.append(id_taken(path, "a crosswalk"))
            paths.setdefault(path.stem, path)
    return paths, faults


def known_of(schemes: Iterable[Scheme]) -> Known:
    """The versions by the id of their scheme."""
    found: dict[str, list[Scheme]] = {}
    for scheme in schemes:
        found.setdefault(scheme.id, []).append(scheme)
    return found
