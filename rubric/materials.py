"""The papers that a certification asks for, and what is recorded of each."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MaterialRecord:
    """What is known of a paper: whether it is there, until when it is good, who brings it (empty: nobody yet)."""

    have: bool
    expires: date | None = None
    person: str = ""
