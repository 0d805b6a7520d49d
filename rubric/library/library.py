"""All schemes: those shipped, and those in folders that a user adds."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rubric.layout import SHIPPED_SCHEMES, TEXT_FOLDER
from rubric.library.archive import ArchivedScheme, SchemePin
from rubric.library.bodies import BodyLibrary
from rubric.library.crosswalks import CrosswalkLibrary, group_versions
from rubric.library.discovery import discover_files
from rubric.library.loading import load_scheme, load_text
from rubric.library.version_texts import patch_files, text_at_version
from rubric.model.lifecycle import Lifecycle
from rubric.model.scheme import OVERLAY_SEPARATOR, Scheme
from rubric.model.texts import SchemeText, nearest_locale
from rubric.overlays.library import OverlayLibrary, combined_checksum, composed_name, split_scheme_name
from rubric.parsing.validation import unknown_name_message
from rubric.rules.crosswalks import SchemeVersions


class NoSuchVersionError(LookupError):
    """A version of a scheme that no longer exists, although a case was begun under it."""


@dataclass(slots=True)
class Library:
    """Scheme files by id and version, with overlays, profiles and crosswalks; each is read on first use and cached.

    `folders` are those of a reader; `drafts` the schemes of which further versions lie there that nobody is to use yet.
    """

    files: dict[str, dict[str, Path]]
    body_files: dict[str, Path] = field(default_factory=dict)
    crosswalk_files: dict[str, Path] = field(default_factory=dict)
    overlays: OverlayLibrary = field(default_factory=lambda: OverlayLibrary({}))
    folders: tuple[Path, ...] = ()
    drafts: frozenset[str] = frozenset()
    _crosswalks: CrosswalkLibrary | None = None
    _bodies: BodyLibrary | None = None
    _schemes: dict[tuple[str, str], Scheme] = field(default_factory=dict)
    _texts: dict[tuple[str, str, str], SchemeText] = field(default_factory=dict)
    _adopted: dict[tuple[str, str, str], ArchivedScheme] = field(default_factory=dict)
    _known: set[tuple[str, str, str]] = field(default_factory=set)
    _locales: dict[str, list[str]] = field(default_factory=dict)
    _checksums: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def from_folders(cls, folders: Iterable[Path] = (), *, drafts: bool = False) -> "Library":
        """Return the shipped schemes and those of `folders`; with `drafts` also unpublished versions.

        Raises FaultsFoundError: no such folder, an id twice, a lock that cannot be read.
        """
        folders = tuple(folders)
        found = discover_files((SHIPPED_SCHEMES, *folders), drafts=drafts)
        overlays = OverlayLibrary(found.overlays)
        return cls(found.schemes, found.profiles, found.crosswalk_files, overlays, folders, found.drafts)

    def added_names(self) -> list[str]:
        return [name for name in self.names() if self.folder(name).parent != SHIPPED_SCHEMES]

    def names(self) -> list[str]:
        return sorted(self.files)

    def offered_names(self) -> list[str]:
        """Return the schemes a new user may choose from; a single one where only one is offered first."""
        first = [name for name in self.names() if self.scheme(name).offered == "first"]
        return first if len(first) == 1 else self.names()

    def default_name(self) -> str:
        """Return the scheme used where none is named, a shipped one if possible."""
        first = [name for name in self.names() if self.scheme(name).offered == "first"] or self.names()
        return next((name for name in first if name not in self.added_names()), first[0])

    def scheme(self, name: str) -> Scheme:
        """Return the newest version of scheme `name`, with its overlays (`scheme+a+b`).

        Raises LookupError with a sentence, and FaultsFoundError where an overlay does not fit it or another overlay.
        """
        base, overlays = split_scheme_name(name)
        return self.version(composed_name(base, overlays), self.newest(name))

    def newest(self, name: str) -> str:
        """Return the newest versions of the scheme and its overlays, such as `1+2+1`. Raises LookupError."""
        base, overlays = split_scheme_name(name)
        if base not in self.files:
            raise LookupError(unknown_name_message(base, self.names()))
        return OVERLAY_SEPARATOR.join([max(self.files[base], key=int), *map(self.overlays.newest, overlays)])

    def version(self, scheme_id: str, version: str) -> Scheme:
        """Return this version, such as `1+2+1` with overlays. Raises LookupError, FaultsFoundError."""
        key = (scheme_id, version)
        if key not in self._schemes:
            self._schemes[key] = self._compose(scheme_id, version) or load_scheme(
                self._file(scheme_id, version)
            )
            self.checksum(scheme_id, version)
        return self._schemes[key]

    def _compose(self, name: str, version: str) -> Scheme | None:
        """Return the scheme with the overlays in its name; None without any."""
        (base, overlays), versions = split_scheme_name(name), version.split(OVERLAY_SEPARATOR)
        if not overlays:
            return None
        if len(versions) != len(overlays) + 1:
            raise NoSuchVersionError(f"there is no {name}@{version} among the schemes")
        for each, its in zip(overlays, versions[1:], strict=True):
            overlay = self.overlays.overlay(each, its)
            if overlay.over != base:
                raise LookupError(f"'{each}' lies over {overlay.over}, not over {base}")
        pinned = dict(zip(overlays, versions[1:], strict=True))
        return self.overlays.compose_scheme(self._file(base, versions[0]), pinned, name, version)

    def text(self, scheme_id: str, locale: str, version: str = "") -> SchemeText:
        """Return the texts in `locale`, else in the first locale, as of a version, else of the newest.

        Raises LookupError, FaultsFoundError.
        """
        available = self.locales(scheme_id)
        if not available:
            raise LookupError(f"{scheme_id} has no words in any language")
        chosen = nearest_locale(locale, available)
        version = version or self.newest(scheme_id)
        key = (scheme_id, chosen, version)
        if key not in self._texts:
            self._texts[key] = self._read_text(scheme_id, chosen, version)
        return self._texts[key]

    def _read_text(self, name: str, locale: str, version: str) -> SchemeText:
        (base, overlays), number = split_scheme_name(name), version.split(OVERLAY_SEPARATOR, maxsplit=1)[0]
        if overlays:
            return self.overlays.scheme_text(
                self.text(base, locale, number), self.version(name, version), overlays
            )
        folder = self.folder(base) / TEXT_FOLDER
        versions = [self.version(base, each) for each in self.files[base]]
        whole = load_text(folder / f"{locale}.yaml", versions, has_drafts=base in self.drafts)
        return text_at_version(whole, patch_files(folder, locale), int(number))

    def text_for(self, scheme: Scheme, locale: str) -> SchemeText:
        """Return the texts of a scheme loaded from here, archived or not. Raises LookupError, FaultsFoundError."""
        for archived in self._adopted.values():
            if archived.scheme is scheme:
                return archived.text(locale)
        return self.text(scheme.id, locale, scheme.version)

    def archive_version(self, scheme_id: str, version: str) -> ArchivedScheme:
        """Return the version with all texts, to be stored. Raises LookupError, FaultsFoundError."""
        locales = self.locales(scheme_id)
        texts = {locale: self.text(scheme_id, locale, version) for locale in locales}
        return ArchivedScheme(self.version(scheme_id, version), texts)

    def has_pinned(self, one: SchemePin) -> bool:
        """Return whether this exact version is here, as a file or adopted from the archive."""
        key = (one.scheme, one.version, one.checksum)
        if key not in self._known:
            with suppress(LookupError, OSError):
                if self.checksum(one.scheme, one.version) == one.checksum:
                    self._known.add(key)
        return key in self._known or key in self._adopted

    def adopt(self, one: SchemePin, archived: ArchivedScheme) -> None:
        """Use `archived` for this pin from now on."""
        self._adopted[one.scheme, one.version, one.checksum] = archived

    def pinned_scheme(self, one: SchemePin) -> Scheme:
        """Return the scheme of a case: from the archive where the files changed, else from the files.

        Raises LookupError where there is neither.
        """
        adopted = self._adopted.get((one.scheme, one.version, one.checksum))
        return self.version(one.scheme, one.version) if adopted is None else adopted.scheme

    def can_load_pinned(self, one: SchemePin) -> bool:
        """Return whether `pinned_scheme` finds it, whatever the checksum."""
        with suppress(LookupError):
            self.pinned_scheme(one)
            return True
        return False

    def pinned_text(self, one: SchemePin, locale: str) -> SchemeText:
        """Return the texts of a pinned version, as `text` does."""
        adopted = self._adopted.get((one.scheme, one.version, one.checksum))
        return self.text(one.scheme, locale, one.version) if adopted is None else adopted.text(locale)

    def locales(self, scheme_id: str) -> list[str]:
        if scheme_id not in self._locales:
            texts = (self.folder(scheme_id) / TEXT_FOLDER).glob("*.yaml")
            self._locales[scheme_id] = sorted(path.stem for path in texts)
        return self._locales[scheme_id]

    @property
    def crosswalks(self) -> CrosswalkLibrary:
        """The crosswalks between the schemes."""
        if self._crosswalks is None:
            self._crosswalks = CrosswalkLibrary(self.crosswalk_files, self._versions)
        return self._crosswalks

    @property
    def bodies(self) -> BodyLibrary:
        """The certification bodies' profiles."""
        if self._bodies is None:
            self._bodies = BodyLibrary(self.body_files, self._lifecycles)
        return self._bodies

    def _versions(self) -> SchemeVersions:
        return group_versions(
            self.version(name, each) for name, found in self.files.items() for each in found
        )

    def _lifecycles(self, root: Path) -> Iterator[Lifecycle]:
        """Yield the life cycles of the shipped schemes and of those in the folder `root`."""
        for name in self.names():
            if self.folder(name).parent in (SHIPPED_SCHEMES, root):
                yield self.scheme(name).lifecycle

    def folder(self, scheme_id: str) -> Path:
        """Return the folder of the scheme's versions; overlays in the name are ignored. Raises LookupError."""
        base, _ = split_scheme_name(scheme_id)
        if base not in self.files:
            raise LookupError(unknown_name_message(base, self.names()))
        return next(iter(self.files[base].values())).parent

    def checksum(self, scheme_id: str, version: str) -> str:
        """Return the SHA-256 of the version's file, which every case pins. Raises LookupError."""
        key = (scheme_id, version)
        if key not in self._checksums:
            self._checksums[key] = combined_checksum(self._files(scheme_id, version))
        return self._checksums[key]

    def _files(self, name: str, version: str) -> list[Path]:
        """Return the version file of the scheme and of each overlay in its name."""
        (base, overlays), versions = split_scheme_name(name), version.split(OVERLAY_SEPARATOR)
        laid_over = zip(overlays, versions[1:], strict=False)
        return [self._file(base, versions[0]), *(self.overlays.file(*each) for each in laid_over)]

    def _file(self, scheme_id: str, version: str) -> Path:
        path = self.files.get(scheme_id, {}).get(version)
        if path is None:
            raise NoSuchVersionError(f"there is no {scheme_id}@{version} among the schemes")
        return path
