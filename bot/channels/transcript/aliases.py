"""Stable names for random ids and invitation codes in a transcript."""

import re
from dataclasses import dataclass, field

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b")
_ALIAS = re.compile(r"(?:id|code)-[0-9]+")


@dataclass(slots=True)
class Aliases:
    """Names are given in the order in which things first come up."""

    names: dict[str, str] = field(default_factory=dict)

    def replace_ids(self, text: str) -> str:
        """Replace each random id by a name."""
        return _ID.sub(lambda found: self._alias_of("id", found[0]), text)

    def replace_codes(self, text: str) -> str:
        """Replace each invitation code by a name."""
        return _CODE.sub(lambda found: self._alias_of("code", found[0]), text)

    def resolve(self, text: str) -> str:
        """Replace the names by the ids and codes."""
        meant = {name: real for real, name in self.names.items()}
        return _ALIAS.sub(lambda found: meant.get(found[0], found[0]), text)

    def replace_known(self, text: str) -> str:
        """Replace the ids and codes seen so far by their names; the inverse of `resolve`."""
        for real, name in self.names.items():
            text = text.replace(real, name)
        return text

    def _alias_of(self, kind: str, real: str) -> str:
        number = sum(1 for name in self.names.values() if name.startswith(kind)) + 1
        return self.names.setdefault(real, f"{kind}-{number}")
