"""The schemes there are: those shipped, and those in folders that a reader adds."""

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
    """A case was begun under a version that is not among the schemes any more."""


@dataclass(slots=True)
class Library:
    """Scheme files by id and version, and body profiles by id, read when first asked for and kept.

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
        """The shipped schemes and those of `folders`; with `drafts` for those who write them.

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
        """The schemes that somebody who begins may choose from: one alone where no other is offered first."""
        first = [name for name in self.names() if self.scheme(name).offered == "first"]
        return first if len(first) == 1 else self.names()

    def default_name(self) -> str:
        """The scheme that is meant where none is named: of those offered first one that is shipped, if there is one."""
        first = [name for name in self.names() if self.scheme(name).offered == "first"] or self.names()
        return next((name for name in first if name not in self.added_names()), first[0])

    def scheme(self, name: str) -> Scheme:
        """The newest version of scheme `name`, with overlays where it names any (`scheme+a+b`).

        Raises LookupError with a sentence, FaultsFoundError where an overlay cannot lie over it, or two not together.
        """
        base, overlays = split_scheme_name(name)
        return self.version(composed_name(base, overlays), self.newest(name))

    def newest(self, name: str) -> str:
        """The newest version of the scheme and of each overlay that it names: `1+2+1`. Raises LookupError."""
        base, overlays = split_scheme_name(name)
        if base not in self.files:
            raise LookupError(unknown_name_message(base, self.names()))
        return OVERLAY_SEPARATOR.join([max(self.files[base], key=int), *map(self.overlays.newest, overlays)])

    def version(self, scheme_id: str, version: str) -> Scheme:
        """Exactly this version, `1+2+1` where overlays are named. Raises LookupError, FaultsFoundError."""
        key = (scheme_id, version)
        if key not in self._schemes:
            self._schemes[key] = self._compose(scheme_id, version) or load_scheme(
                self._file(scheme_id, version)
            )
            self.checksum(scheme_id, version)
        return self._schemes[key]

    def _compose(self, name: str, version: str) -> Scheme | None:
        """The scheme with the overlays that it names; None where it names none."""
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
        """Its words in `locale`, or in the first that it has, as of a version, else of the newest.

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
        """The words of a scheme that came from here, archived or not. Raises LookupError, FaultsFoundError."""
        for archived in self._adopted.values():
            if archived.scheme is scheme:
                return archived.text(locale)
        return self.text(scheme.id, locale, scheme.version)

    def archive_version(self, scheme_id: str, version: str) -> ArchivedScheme:
        """The version as it is now, with all words. Raises LookupError, FaultsFoundError."""
        locales = self.locales(scheme_id)
        texts = {locale: self.text(scheme_id, locale, version) for locale in locales}
        return ArchivedScheme(self.version(scheme_id, version), texts)

    def has_pinned(self, one: SchemePin) -> bool:
        """Whether exactly what it was pinned to is there: the files as they were, or adopted from the archive."""
        key = (one.scheme, one.version, one.checksum)
        if key not in self._known:
            with suppress(LookupError, OSError):
                if self.checksum(one.scheme, one.version) == one.checksum:
                    self._known.add(key)
        return key in self._known or key in self._adopted

    def adopt(self, one: SchemePin, archived: ArchivedScheme) -> None:
        """Have `archived` stand for what it was pinned to."""
        self._adopted[one.scheme, one.version, one.checksum] = archived

    def pinned_scheme(self, one: SchemePin) -> Scheme:
        """The scheme that a case is assessed under: as archived where the files changed since, else by its files.

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
        """Its words, as `text` finds them."""
        adopted = self._adopted.get((one.scheme, one.version, one.checksum))
        return self.text(one.scheme, locale, one.version) if adopted is None else adopted.text(locale)

    def locales(self, scheme_id: str) -> list[str]:
        if scheme_id not in self._locales:
            texts = (self.folder(scheme_id) / TEXT_FOLDER).glob("*.yaml")
            self._locales[scheme_id] = sorted(path.stem for path in texts)
        return self._locales[scheme_id]

    @property
    def crosswalks(self) -> CrosswalkLibrary:
        """What carries over between the schemes."""
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
        """Of the schemes that a profile below `root` may be used with: those shipped, those beside it."""
        for name in self.names():
            if self.folder(name).parent in (SHIPPED_SCHEMES, root):
                yield self.scheme(name).lifecycle

    def folder(self, scheme_id: str) -> Path:
        """Where the versions of the scheme lie, without overlays that the name may have. Raises LookupError."""
        base, _ = split_scheme_name(scheme_id)
        if base not in self.files:
            raise LookupError(unknown_name_message(base, self.names()))
        return next(iter(self.files[base].values())).parent

    def checksum(self, scheme_id: str, version: str) -> str:
        """SHA-256 of the version's file, pinned by every case that began with it. Raises LookupError."""
        key = (scheme_id, version)
        if key not in self._checksums:
            self._checksums[key] = combined_checksum(self._files(scheme_id, version))
        return self._checksums[key]

    def _files(self, name: str, version: str) -> list[Path]:
        """Of the scheme, and of each overlay that it names."""
        (base, overlays), versions = split_scheme_name(name), version.split(OVERLAY_SEPARATOR)
        laid_over = zip(overlays, versions[1:], strict=False)
        return [self._file(base, versions[0]), *(self.overlays.file(*each) for each in laid_over)]

    def _file(self, scheme_id: str, version: str) -> Path:
        path = self.files.get(scheme_id, {}).get(version)
        if path is None:
            raise NoSuchVersionError(f"there is no {scheme_id}@{version} among the schemes")
        return path
