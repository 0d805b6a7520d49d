"""The schemes there are: those shipped, and those in folders that a reader adds."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rubric.document import read_document
from rubric.faults import Fault, FaultsFoundError
from rubric.model import Scheme
from rubric.texts import SchemeText
from rubric.validate import build, unknown

SHIPPED = Path(__file__).parent / "schemes"
_VERSION_FILE = re.compile(r"([0-9]{1,6})\.yaml")


def load_scheme(path: Path) -> Scheme:
    """The scheme in a version file. Raises FaultsFoundError for its form; what it means is `check`'s."""
    return build(Scheme, read_document(path))


def load_text(path: Path) -> SchemeText:
    """The words in a text file. Raises FaultsFoundError."""
    return build(SchemeText, read_document(path))


@dataclass(slots=True)
class Library:
    """Scheme files by id and version, read when first asked for and kept."""

    files: dict[str, dict[str, Path]]
    _schemes: dict[tuple[str, str], Scheme] = field(default_factory=dict)
    _texts: dict[tuple[str, str], SchemeText] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Iterable[Path] = ()) -> "Library":
        """The shipped schemes and those of `folders`. Raises FaultsFoundError where an id stands in two."""
        files: dict[str, dict[str, Path]] = {}
        for folder in (SHIPPED, *folders):
            if not folder.is_dir():
                raise FaultsFoundError([Fault(folder, 0, 0, "no_folder", "there is no such folder")])
            for scheme_id, versions in _versions_in(folder).items():
                if scheme_id in files:
                    raise FaultsFoundError([Fault(folder / scheme_id, 0, 0, "twice", "this id is already taken")])
                files[scheme_id] = versions
        return cls(files)

    def names(self) -> list[str]:
        return sorted(self.files)

    def scheme(self, name: str) -> Scheme:
        """The newest version of scheme `name`. Raises LookupError with a sentence, FaultsFoundError."""
        base, *overlays = name.split("+")
        if base not in self.files:
            raise LookupError(unknown(base, self.names()))
        if overlays:
            raise LookupError(unknown(overlays[0], []))
        return self.version(base, max(self.files[base], key=int))

    def version(self, scheme_id: str, version: str) -> Scheme:
        """Exactly this version. Raises LookupError, FaultsFoundError."""
        key = (scheme_id, version)
        if key not in self._schemes:
            path = self.files.get(scheme_id, {}).get(version)
            if path is None:
                raise LookupError(f"there is no {scheme_id}@{version}")
            self._schemes[key] = load_scheme(path)
        return self._schemes[key]

    def text(self, scheme_id: str, locale: str) -> SchemeText:
        """The scheme's words in `locale`, or in the first locale that it has. Raises LookupError."""
        key = (scheme_id, locale)
        if key not in self._texts:
            available = self.locales(scheme_id)
            if not available:
                raise LookupError(f"{scheme_id} has no words in any language")
            chosen = locale if locale in available else available[0]
            self._texts[key] = load_text(self.folder(scheme_id) / "text" / f"{chosen}.yaml")
        return self._texts[key]

    def locales(self, scheme_id: str) -> list[str]:
        return sorted(path.stem for path in (self.folder(scheme_id) / "text").glob("*.yaml"))

    def folder(self, scheme_id: str) -> Path:
        return next(iter(self.files[scheme_id].values())).parent

    def checksum(self, scheme_id: str, version: str) -> str:
        """SHA-256 of the version's file, pinned by every case that began with it."""
        return hashlib.sha256(self.files[scheme_id][version].read_bytes()).hexdigest()


def _versions_in(folder: Path) -> dict[str, dict[str, Path]]:
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        match = _VERSION_FILE.fullmatch(path.name)
        if match:
            found.setdefault(path.parent.name, {})[match[1]] = path
    return found
