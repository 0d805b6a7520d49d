"""A version of a scheme with its texts as a case used it, kept after the files change or disappear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from rubric.model.scheme import Scheme, restore_scheme
from rubric.model.texts import SchemeText
from rubric.overlays.texts import restore_text


class SchemePin(Protocol):
    """Anything that names an exact version of a scheme by id, version and checksum."""

    @property
    def scheme(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def checksum(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ArchivedScheme:
    """A version of a scheme with its texts by locale."""

    scheme: Scheme
    texts: Mapping[str, SchemeText]

    def text(self, locale: str) -> SchemeText:
        """Return the texts in `locale`, else in the first locale there is."""
        return self.texts[locale if locale in self.texts else min(self.texts)]

    def dump(self) -> dict[str, Any]:
        """Return the value to store as JSON."""
        texts = {locale: text.model_dump(mode="json") for locale, text in self.texts.items()}
        return {"scheme": self.scheme.model_dump(mode="json"), "texts": texts}


def restore_archived(value: Mapping[str, Any]) -> ArchivedScheme:
    """Rebuild what `dump` made, in this or an earlier release. Raises LookupError where it cannot be read."""
    try:
        texts = {locale: restore_text(text) for locale, text in value["texts"].items()}
        return ArchivedScheme(restore_scheme(value["scheme"]), texts)
    except (ValidationError, KeyError, AttributeError) as error:
        raise LookupError(f"an archived scheme cannot be read: {error}") from error
