"""The schemes there are: those shipped, and those in folders that a reader adds."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubric.bodies import Body, BodyText
from rubric.body_faults import load_body, load_body_text
from rubric.crosswalk_faults import Known
from rubric.crosswalk_files import CROSSWALKS_FOLDER, Crosswalks, crosswalks_in, known_of
from rubric.faults import Fault, FaultsFoundError
from rubric.load import load_scheme, load_text
from rubric.model import Scheme
from rubric.periods import Lifecycle
from rubric.texts import SchemeText
from rubric.validate import unknown

SHIPPED = Path(__file__).parent / "schemes"
TEXT_FOLDER = "text"
BODIES_FOLDER = "bodies"
DEFAULT_BODY = "default"
VERSION_FILE = re.compile(r"([1-9][0-9]{0,5})\.yaml")


class NoSuchVersionError(LookupError):
    """A case was begun under a version that is not among the schemes any more."""


@dataclass(slots=True)
class Library:
    """Scheme files by id and version, and body profiles by id, read when first asked for and kept."""

    files: dict[str, dict[str, Path]]
    profiles: dict[str, Path] = field(default_factory=dict)
    walks: dict[str, Path] = field(default_factory=dict)
    _crosswalks: Crosswalks | None = None
    _bodies: dict[str, Body] = field(default_factory=dict)
    _body_texts: dict[tuple[str, str], BodyText] = field(default_factory=dict)
    _schemes: dict[tuple[str, str], Scheme] = field(default_factory=dict)
    _texts: dict[tuple[str, str], SchemeText] = field(default_factory=dict)
    _locales: dict[str, list[str]] = field(default_factory=dict)
    _checksums: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Iterable[Path] = ()) -> "Library":
        """The shipped schemes and those of `folders`. FaultsFoundError: no such folder, an id twice."""
        folders = tuple(folders)
        files: dict[str, dict[str, Path]] = {}
        profiles: dict[str, Path] = {}
        faults = []
        for folder in (SHIPPED, *folders):
            if not folder.is_dir():
                faults.append(Fault(folder, 0, 0, "no_folder", "there is no such folder"))
            for scheme_id, versions in _versions_in(folder).items():
                if scheme_id in files:
                    faults.append(id_taken(folder / scheme_id))
                files.setdefault(scheme_id, versions)
            for path in sorted((folder / BODIES_FOLDER).glob("*.yaml")):
                if path.stem in profiles:
                    faults.append(body_taken(path))
                profiles.setdefault(path.stem, path)
        walks, taken = crosswalks_in((SHIPPED, *folders))
        if faults or taken:
            raise FaultsFoundError([*faults, *taken])
        return cls(files, profiles, walks)

    def load_own(self) -> None:
        """Read the schemes and profiles that are not shipped, with all words. Raises LookupError, FaultsFoundError."""
        for scheme_id in self.own():
            for locale in self.locales(scheme_id) or [""]:
                self.text(scheme_id, locale)
        for name in self.own_bodies():
            for locale in self.body_locales(name) or [""]:
                self.body_text(name, locale)
        for name, path in self.walks.items():
            if path.parent.parent != SHIPPED:
                _ = self.crosswalks[name]

    def own(self) -> list[str]:
        return [name for name in self.names() if self.folder(name).parent != SHIPPED]

    def own_bodies(self) -> list[str]:
        return [name for name in self.bodies() if self.profiles[name].parent.parent != SHIPPED]

    def names(self) -> list[str]:
        return sorted(self.files)

    def offered(self) -> list[str]:
        """The schemes that somebody who begins may choose from: one alone where no other is offered first."""
        first = [name for name in self.names() if self.scheme(name).offered == "first"]
        return first if len(first) == 1 else self.names()

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
            self._schemes[key] = load_scheme(self._file(scheme_id, version))
            self.checksum(scheme_id, version)
        return self._schemes[key]

    def text(self, scheme_id: str, locale: str) -> SchemeText:
        """Its words in `locale`, or in the first that it has. Raises LookupError, FaultsFoundError."""
        available = self.locales(scheme_id)
        if not available:
            raise LookupError(f"{scheme_id} has no words in any language")
        chosen = locale if locale in available else available[0]
        key = (scheme_id, chosen)
        if key not in self._texts:
            versions = [self.version(scheme_id, each) for each in self.files[scheme_id]]
            self._texts[key] = load_text(self.folder(scheme_id) / TEXT_FOLDER / f"{chosen}.yaml", versions)
        return self._texts[key]

    def locales(self, scheme_id: str) -> list[str]:
        if scheme_id not in self._locales:
            texts = (self.folder(scheme_id) / TEXT_FOLDER).glob("*.yaml")
            self._locales[scheme_id] = sorted(path.stem for path in texts)
        return self._locales[scheme_id]

    @property
    def crosswalks(self) -> Crosswalks:
        """What carries over between the schemes."""
        if self._crosswalks is None:
            self._crosswalks = Crosswalks(self.walks, self._versions)
        return self._crosswalks

    def _versions(self) -> Known:
        return known_of(self.version(name, each) for name, found in self.files.items() for each in found)

    def bodies(self) -> list[str]:
        return sorted(self.profiles)

    def body(self, name: str) -> Body:
        """The certification body's profile. Raises LookupError with a sentence, FaultsFoundError."""
        if name not in self.profiles:
            raise LookupError(unknown(name, self.bodies()))
        if name not in self._bodies:
            self._bodies[name] = load_body(self.profiles[name], self._lifecycles(name))
        return self._bodies[name]

    def _lifecycles(self, body: str) -> Iterator[Lifecycle]:
        """Of the schemes that the profile may be used with, as its author knows: those shipped, those beside it."""
        root = self.profiles[body].parent.parent
        for name in self.names():
            if self.folder(name).parent in (SHIPPED, root):
                yield self.scheme(name).lifecycle

    def body_or_default(self, name: str | None) -> Body:
        """The profile, or the default one where none was chosen or it is not there any more."""
        return self.body(name if name in self.profiles else DEFAULT_BODY)

    def body_locales(self, name: str) -> list[str]:
        folder = self.profiles[name].with_suffix("") / TEXT_FOLDER
        return sorted(path.stem for path in folder.glob("*.yaml"))

    def body_text(self, name: str, locale: str) -> BodyText:
        """The profile's words in `locale`, or in the first that it has. Raises LookupError, FaultsFoundError."""
        body, available = self.body(name), self.body_locales(name)
        if not available:
            raise LookupError(f"{name} has no words in any language")
        chosen = locale if locale in available else available[0]
        if (name, chosen) not in self._body_texts:
            path = self.profiles[name].with_suffix("") / TEXT_FOLDER / f"{chosen}.yaml"
            self._body_texts[name, chosen] = load_body_text(path, body)
        return self._body_texts[name, chosen]

    def folder(self, scheme_id: str) -> Path:
        """Where the scheme's versions lie. Raises LookupError."""
        if scheme_id not in self.files:
            raise LookupError(unknown(scheme_id, self.names()))
        return next(iter(self.files[scheme_id].values())).parent

    def checksum(self, scheme_id: str, version: str) -> str:
        """SHA-256 of the version's file, pinned by every case that began with it. Raises LookupError."""
        key = (scheme_id, version)
        if key not in self._checksums:
            self._checksums[key] = hashlib.sha256(self._file(scheme_id, version).read_bytes()).hexdigest()
        return self._checksums[key]

    def _file(self, scheme_id: str, version: str) -> Path:
        path = self.files.get(scheme_id, {}).get(version)
        if path is None:
            raise NoSuchVersionError(f"there is no {scheme_id}@{version} among the schemes")
        return path


def id_taken(folder: Path) -> Fault:
    """What is wrong with a scheme folder that is named as one elsewhere."""
    message = "a scheme of this id is there already; give yours an id of its own"
    return Fault(folder, 0, 0, "twice", message)


def body_taken(path: Path) -> Fault:
    """What is wrong with a profile that is named as one elsewhere."""
    message = "a certification body of this id is there already; give yours an id of its own"
    return Fault(path, 0, 0, "twice", message)


def _versions_in(folder: Path) -> dict[str, dict[str, Path]]:
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        match = VERSION_FILE.fullmatch(path.name)
        if match and path.parent.name not in (BODIES_FOLDER, CROSSWALKS_FOLDER):
            found.setdefault(path.parent.name, {})[match[1]] = path
    return found
