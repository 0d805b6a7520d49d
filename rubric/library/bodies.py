"""The certification-body profiles by id, with their texts; each is read on first use and cached."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rubric.layout import SHIPPED_SCHEMES, TEXT_FOLDER
from rubric.model.bodies import BodyProfile, BodyText
from rubric.model.lifecycle import Lifecycle
from rubric.model.scheme import base_scheme_id
from rubric.model.texts import nearest_locale
from rubric.parsing.validation import unknown_name_message
from rubric.rules.bodies import load_body, load_body_text

DEFAULT_BODY = "default"


@dataclass(slots=True)
class BodyLibrary:
    """Profiles by id. `lifecycles` returns those of the schemes that the profiles of a folder can be used with."""

    files: dict[str, Path]
    lifecycles: Callable[[Path], Iterable[Lifecycle]]
    _bodies: dict[str, BodyProfile] = field(default_factory=dict)
    _texts: dict[tuple[str, str], BodyText] = field(default_factory=dict)

    def names(self) -> list[str]:
        return sorted(self.files)

    def added_names(self) -> list[str]:
        """Return the ids of the profiles that are not shipped."""
        return [name for name in self.names() if self.file(name).parent.parent != SHIPPED_SCHEMES]

    def for_scheme(self, scheme_id: str) -> list[str]:
        """Return the profiles for the scheme, those for this scheme alone first."""
        base = base_scheme_id(scheme_id)
        own = [name for name in self.names() if base in self.body(name).schemes]
        return own + [name for name in self.names() if not self.body(name).schemes]

    def body(self, name: str) -> BodyProfile:
        """Return the profile of a certification body. Raises LookupError with a sentence, FaultsFoundError."""
        file = self.file(name)
        if name not in self._bodies:
            self._bodies[name] = load_body(file, self.lifecycles(file.parent.parent))
        return self._bodies[name]

    def body_or_default(self, name: str | None) -> BodyProfile:
        """Return the profile, or the default one where none was chosen or it no longer exists."""
        return self.body(name if name in self.files else DEFAULT_BODY)

    def locales(self, name: str) -> list[str]:
        return sorted(path.stem for path in self._text_folder(name).glob("*.yaml"))

    def text(self, name: str, locale: str) -> BodyText:
        """Return the texts in `locale`, else in the first locale there is. Raises LookupError, FaultsFoundError."""
        body, available = self.body(name), self.locales(name)
        if not available:
            raise LookupError(f"{name} has no words in any language")
        chosen = nearest_locale(locale, available)
        if (name, chosen) not in self._texts:
            self._texts[name, chosen] = load_body_text(self._text_folder(name) / f"{chosen}.yaml", body)
        return self._texts[name, chosen]

    def file(self, name: str) -> Path:
        """Return the file of the profile. Raises LookupError with a sentence where there is none."""
        if name not in self.files:
            raise LookupError(unknown_name_message(name, self.names()))
        return self.files[name]

    def _text_folder(self, name: str) -> Path:
        return self.file(name).with_suffix("") / TEXT_FOLDER
