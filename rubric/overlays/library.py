"""The overlays by id and version, and the schemes composed with them; each is read on first use and cached."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rubric.layout import SHIPPED_SCHEMES, TEXT_FOLDER
from rubric.model.scheme import OVERLAY_SEPARATOR, Scheme
from rubric.model.texts import SchemeText, nearest_locale
from rubric.overlays.model import Overlay
from rubric.overlays.rules import check_composed, load_overlay
from rubric.overlays.texts import OverlayText, compose_text, load_overlay_text
from rubric.parsing.document import read_document
from rubric.parsing.validation import unknown_name_message


def split_scheme_name(name: str) -> tuple[str, list[str]]:
    """Split `scheme+b+a` into the scheme and its overlays, sorted and without repetition."""
    base, *overlays = name.split(OVERLAY_SEPARATOR)
    return base, sorted(set(overlays))


def composed_name(base: str, overlays: Iterable[str]) -> str:
    """`scheme+a+b`: the one name that a set of overlays over a scheme has."""
    return OVERLAY_SEPARATOR.join([base, *sorted(set(overlays))])


@dataclass(slots=True)
class OverlayLibrary:
    """Overlay files by id and version."""

    files: dict[str, dict[str, Path]]
    _read: dict[tuple[str, str], Overlay] = field(default_factory=dict)
    _composed: dict[tuple[str, str], Scheme] = field(default_factory=dict)
    _texts: dict[tuple[str, str], OverlayText] = field(default_factory=dict)

    def names(self) -> list[str]:
        return sorted(self.files)

    def added_names(self) -> list[str]:
        """Those that are not shipped."""
        return [name for name in self.names() if self.folder(name).parent.parent != SHIPPED_SCHEMES]

    def newest(self, name: str) -> str:
        """Its highest version. Raises LookupError with a sentence."""
        if name not in self.files:
            raise LookupError(unknown_name_message(name, self.names()))
        return max(self.files[name], key=int)

    def overlay(self, name: str, version: str) -> Overlay:
        """One version of an overlay. Raises LookupError, FaultsFoundError."""
        if (name, version) not in self._read:
            self._read[name, version] = load_overlay(self.file(name, version))
        return self._read[name, version]

    def overlays_for(self, scheme: str) -> list[Overlay]:
        """Return the newest version of each overlay for the scheme, by id. Raises FaultsFoundError."""
        newest = (self.overlay(name, self.newest(name)) for name in self.names())
        return [overlay for overlay in newest if overlay.over == scheme]

    def compose_scheme(self, base: Path, overlays: dict[str, str], name: str, version: str) -> Scheme:
        """The scheme in the file `base` under these overlays, ids to versions. Raises LookupError, FaultsFoundError."""
        if (name, version) not in self._composed:
            documents = [read_document(self.file(*each)) for each in sorted(overlays.items())]
            self._composed[name, version] = check_composed(read_document(base), documents)
        return self._composed[name, version]

    def scheme_text(self, base: SchemeText, scheme: Scheme, overlays: Iterable[str]) -> SchemeText:
        """The words of `scheme`, which is that of `base` under these overlays. Raises LookupError, FaultsFoundError.

        An overlay that has no words in the language of `base` gives those of its first one.
        """
        documents = [read_document(self.text_file(name, base.locale)) for name in overlays]
        return compose_text(base, scheme, documents)

    def text(self, name: str, locale: str) -> OverlayText:
        """Return the texts of an overlay in `locale`, or in its first locale. Raises LookupError, FaultsFoundError."""
        file = self.text_file(name, locale)
        if (name, file.stem) not in self._texts:
            self._texts[name, file.stem] = load_overlay_text(file)
        return self._texts[name, file.stem]

    def text_file(self, name: str, locale: str) -> Path:
        """Raises LookupError with a sentence where it has no words at all."""
        folder = self.folder(name) / TEXT_FOLDER
        available = sorted(path.stem for path in folder.glob("*.yaml"))
        if not available:
            raise LookupError(f"overlay {name} has no words in any language")
        return folder / f"{nearest_locale(locale, available)}.yaml"

    def file(self, name: str, version: str) -> Path:
        """Raises LookupError with a sentence where there is no such overlay or version of it."""
        self.newest(name)
        if version not in self.files[name]:
            raise LookupError(f"there is no {name}@{version} among the overlays")
        return self.files[name][version]

    def folder(self, name: str) -> Path:
        """Return the folder of the overlay's versions and texts. Raises LookupError."""
        return self.file(name, self.newest(name)).parent


def combined_checksum(files: Iterable[Path]) -> str:
    """One SHA-256 of the checksums of several files, in order."""
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sums).encode()).hexdigest()
