"""The values that a case or a certification records."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rubric.certificate.documents import DocumentRecord
from rubric.model.answers import Answer, SpecialDeduction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that backs an indicator's answer, or is a paper of a certification, whose name then stands there.

    Its content is kept under `sha256`.
    """

    indicator: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SurveillanceRecord:
    """A surveillance audit that was really done; `grade` and `score` what it came to, empty where not told."""

    on: date
    grade: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Nonconformity:
    """A nonconformity, and what is done about it; what is not known yet is empty.

    `deduction` is the key of the special deduction that it comes from. `done` is the day on which the corrective
    action was carried out, `verified` the day on which somebody saw that it works, which closes the finding.
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
