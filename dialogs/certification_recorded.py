"""What was recorded of a certification, in the past tense; and every kind of record by its field."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.recorded import Recorded
from dialogs.values import Evidence, Finding, Surveillance
from rubric.materials import MaterialRecord


@dataclass(frozen=True, slots=True)
class StageEntered(Recorded):
    field: ClassVar[str] = "stage"
    value: str | None


@dataclass(frozen=True, slots=True)
class StageDated(Recorded):
    field: ClassVar[str] = "reached"
    value: date | None


@dataclass(frozen=True, slots=True)
class ReasonRecorded(Recorded):
    field: ClassVar[str] = "reasons"
    value: str | None


@dataclass(frozen=True, slots=True)
class BodyChosen(Recorded):
    field: ClassVar[str] = "body"
    value: str | None


@dataclass(frozen=True, slots=True)
class KeeperNamed(Recorded):
    field: ClassVar[str] = "keeper"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateRecorded(Recorded):
    field: ClassVar[str] = "certificate"
    value: str | None


@dataclass(frozen=True, slots=True)
class CertificateDated(Recorded):
    field: ClassVar[str] = "dates"
    value: date | None


@dataclass(frozen=True, slots=True)
class SurveillanceRecorded(Recorded):
    field: ClassVar[str] = "surveillances"
    value: Surveillance | None


@dataclass(frozen=True, slots=True)
class MaterialRecorded(Recorded):
    field: ClassVar[str] = "materials"
    value: MaterialRecord | None


@dataclass(frozen=True, slots=True)
class PaperRecorded(Recorded):
    field: ClassVar[str] = "papers"
    value: Evidence | None


@dataclass(frozen=True, slots=True)
class FindingRecorded(Recorded):
    field: ClassVar[str] = "findings"
    value: Finding | None


RECORDS: dict[str, type[Recorded]] = {kind.field: kind for kind in Recorded.__subclasses__()}
"""The kinds of both modules: a certification cannot be recorded without this one being read."""
