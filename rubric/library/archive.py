"""A version of a scheme as a case has used it: structure and words, kept when the files are gone or have changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from rubric.model.scheme import Scheme, restore_scheme
from rubric.model.texts import SchemeText
from rubric.overlays.texts import restore_text


class SchemePin(Protocol):
    """What says exactly which scheme it is assessed under: a case, a certification, a pin."""

    @property
    def scheme(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def checksum(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ArchivedScheme:
    """The structure, and its words by locale."""

    scheme: Scheme
    texts: Mapping[str, SchemeText]

    def text(self, locale: str) -> SchemeText:
        """The words in `locale`, or in the first that there is."""
        return self.texts[locale if locale in self.texts else min(self.texts)]

    def dump(self) -> dict[str, Any]:
        """As JSON keeps it."""
        texts = {locale: text.model_dump(mode="json") for locale, text in self.texts.items()}
        return {"scheme": self.scheme.model_dump(mode="json"), "texts": texts}


def restore_archived(value: Mapping[str, Any]) -> ArchivedScheme:
    """What `dump` made, by this or an earlier version of the program. Raises LookupError where it cannot be read."""
    try:
        texts = {locale: restore_text(text) for locale, text in value["texts"].items()}
        return ArchivedScheme(restore_scheme(value["scheme"]), texts)
    except (ValidationError, KeyError, AttributeError) as error:
        raise LookupError(f"an archived scheme cannot be read: {error}") from error
