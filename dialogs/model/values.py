"""The values that a case or a certification records."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rubric import Answer, DocumentRecord, SpecialDeduction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that supports an indicator's answer, or a document of a certification (`indicator` is then its id).

    Its content is stored under `sha256`.
    """

    indicator: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SurveillanceRecord:
    """A completed surveillance audit; `grade` and `score` are its result, empty where unknown."""

    on: date
    grade: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Nonconformity:
    """A nonconformity and its corrective action; unknown fields are empty.

    `deduction` is the key of the special deduction that it comes from. `done` is the day on which the corrective
    action was completed, `verified` the day on which its effectiveness was verified, which closes the
    nonconformity.
    """

    indicator: str
    what: str
    deduction: str = ""
    cause: str = ""
    action: str = ""
    person: str = ""
    due: date | None = None
    proof: str = ""
    done: date | None = None
    verified: date | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """Exactly which scheme a case is assessed under, overlays included."""

    scheme: str
    version: str
    checksum: str


RecordedValue: TypeAlias = (
    Answer
    | SpecialDeduction
    | Evidence
    | SurveillanceRecord
    | Nonconformity
    | DocumentRecord
    | Pin
    | date
    | str
    | int
    | bool
)
