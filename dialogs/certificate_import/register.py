"""Certificates recorded from the rows of a table, through the events of the talk; the same rows again change nothing.

What a row means does not depend on where in the table it stands: which certificate each one is about is looked up in
what was known before the first of them, and rows that are about the same certificate are all refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dialogs.certificate_import.row import CertificateRow, CertificateRowFault
from dialogs.certification.certifications import FINAL_STAGES, open_certification
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Dossier, Organisation
from dialogs.model.events import Event, OrganisationCreated
from dialogs.model.records import (
    CertificateDated,
    CertificateRecorded,
    StageDated,
    StageEntered,
    SurveillanceRecorded,
    ValueRecorded,
)
from dialogs.model.values import SurveillanceRecord
from rubric.certificate.facts import CertificateFacts, CertificateFactsError, check_facts
from rubric.library.library import Library

_TEXT_FIELDS: tuple[Literal["number", "grade", "body", "scope"], ...] = ("number", "grade", "body", "scope")
_REPORTED_CHANGES = (CertificateRecorded, CertificateDated, SurveillanceRecorded)
CertificateIdentity = tuple[str, str, str, object]
"""Organisation, scheme, scope and day of issue: what tells certificates without a number apart."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a row brought about; `changes` are the records of a known certificate that are now different."""

    outcome: Literal["new", "changed", "unchanged"]
    events: tuple[Event, ...] = ()
    changes: tuple[ValueRecorded, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCheck:
    """What is found by looking at all rows at once: why some are refused, and the lines that are alone.

    Alone is a row that is the only one for a new certificate of its organisation under its scheme.
    """

    faults: Mapping[int, tuple[CertificateRowFault, ...]]
    single_lines: frozenset[int]


class CertificateRegister:
    """The contact's certificates as they stand, and the events of the rows taken; the dossier given stays as it is."""

    def __init__(self, dossier: Dossier, library: Library, now: datetime) -> None:
        aside = replace(dossier.copy(), conversation=Conversation(dossier.contact.id))
        self.scene = Scene(aside, library, now)
        self._default = library.default_name()
        self._named: dict[str, list[str]] = defaultdict(list)
        self._numbered: dict[str, list[str]] = defaultdict(list)
        self._placed: dict[CertificateIdentity, list[str]] = defaultdict(list)
        for organisation in aside.organisations.values():
            self._named[organisation.name].append(organisation.id)
        self._held: dict[str, list[str]] = defaultdict(list)
        for certification in aside.certifications.values():
            self._held[certification.organisation].append(certification.id)
            self._add_to_index(certification)

    def check_rows(self, rows: Iterable[CertificateRow]) -> TableCheck:
        """Which rows cannot be taken beside each other or beside what is known."""
        faults: dict[int, tuple[CertificateRowFault, ...]] = {}
        same: dict[object, list[int]] = defaultdict(list)
        bare: set[CertificateIdentity] = set()
        newcomers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows:
            found = self._find_certification(row)
            if isinstance(found, CertificateRowFault):
                faults[row.line] = (found,)
                continue
            number, place = self._identity_after(row, found)
            for name in filter(None, (number, place, found)):
                same[name].append(row.line)
            if not number:
                bare.add(place)
            if found is None:
                newcomers[row.organisation, row.scheme or self._default].append(row.line)
        for line, others in _find_duplicates(same, bare).items():
            faults[line] = (CertificateRowFault("twice", values={"lines": others}),)
        return TableCheck(faults, frozenset(lines[0] for lines in newcomers.values() if len(lines) == 1))

    def record_row(
        self, row: CertificateRow, new_ids: Sequence[str], *, is_single: bool
    ) -> ImportResult | tuple[CertificateRowFault, ...]:
        """Record what the row says. `new_ids` are two unused ids; a refused row changes nothing."""
        found = self._find_certification(row)
        if isinstance(found, CertificateRowFault):
            return (found,)
        key = found or (self._find_uncertified(row) if is_single else None)
        certification = self.scene.dossier.certifications[key] if key else None
        faults = _date_faults(self.scene, certification, row)
        if faults:
            return faults
        self.scene.events = []
        self._open_certification(row, certification, new_ids)
        _record_fields(self.scene, row)
        self._add_to_index(self.scene.certification)
        events = tuple(self.scene.events)
        if found is None:
            return ImportResult("new", events)
        changes = tuple(event for event in events if isinstance(event, _REPORTED_CHANGES))
        return ImportResult("changed" if events else "unchanged", events, changes)

    def _find_certification(self, row: CertificateRow) -> str | CertificateRowFault | None:
        """The certification whose certificate the row is about."""
        mine = self._named.get(row.organisation, [])
        certifications = self.scene.dossier.certifications
        numbered = [certifications[key] for key in self._numbered.get(row.number, ())]
        if numbered:
            found = next((one for one in numbered if one.organisation in mine), None)
            if found is None:
                holder = self.scene.dossier.organisations[numbered[0].organisation].name
                return CertificateRowFault(
                    "number_taken", "number", {"text": row.number, "organisation": holder}
                )
            if row.scheme and row.scheme != found.scheme:
                return CertificateRowFault(
                    "other_scheme", "scheme", {"text": row.scheme, "known": found.scheme}
                )
            return found.id
        alike = [
            key
            for key in self._placed.get(_row_identity(row, self._default), ())
            if not (row.number and certifications[key].certificate.get("number"))
        ]
        if len(alike) > 1:
            return CertificateRowFault("several", "number", {"count": len(alike)})
        return alike[0] if alike else None

    def _find_uncertified(self, row: CertificateRow) -> str | None:
        """The organisation's one certification that still has no certificate: this is the one it led to."""
        certifications = self.scene.dossier.certifications
        held = [
            certifications[key] for org in self._named.get(row.organisation, ()) for key in self._held[org]
        ]
        waiting = [
            one.id
            for one in held
            if not (one.is_certified or one.current_stage in FINAL_STAGES or one.certificate.get("number"))
            and one.scheme == (row.scheme or self._default)
        ]
        return waiting[0] if len(waiting) == 1 else None

    def _identity_after(
        self, row: CertificateRow, certification_id: str | None
    ) -> tuple[str, CertificateIdentity]:
        """Number and place of the certificate once the row is taken: what it leaves empty stays."""
        if certification_id is None:
            return row.number, _row_identity(row, self._default)
        known = self.scene.dossier.certifications[certification_id]
        number = row.number or known.certificate.get("number", "")
        scope = row.scope or known.certificate.get("scope", "")
        return number, (row.organisation, known.scheme, scope, row.issued)

    def _open_certification(
        self, row: CertificateRow, certification: Certification | None, new_ids: Sequence[str]
    ) -> None:
        scene = self.scene
        if certification is not None:
            scene.talk.draft["certification"] = certification.id
            self._remove_from_index(certification)
            return
        mine = self._named[row.organisation]
        if not mine:
            apply_event(scene, OrganisationCreated(Organisation(new_ids[0], row.organisation)))
            mine.append(new_ids[0])
        scene.talk.organisation, scene.dossier.new_ids = mine[0], (new_ids[1],)
        scheme = scene.library.scheme(row.scheme or self._default)
        open_certification(scene, scheme.id, scheme.version)
        self._held[mine[0]].append(new_ids[1])

    def _add_to_index(self, certification: Certification) -> None:
        if number := certification.certificate.get("number"):
            self._numbered[number].append(certification.id)
        if certification.is_certified:
            self._placed[self._identity_of(certification)].append(certification.id)

    def _remove_from_index(self, certification: Certification) -> None:
        if number := certification.certificate.get("number"):
            self._numbered[number].remove(certification.id)
        if certification.is_certified:
            self._placed[self._identity_of(certification)].remove(certification.id)

    def _identity_of(self, certification: Certification) -> CertificateIdentity:
        name = self.scene.dossier.organisations[certification.organisation].name
        return (
            name,
            certification.scheme,
            certification.certificate.get("scope", ""),
            certification.dates["issued"],
        )


def _row_identity(row: CertificateRow, default: str) -> CertificateIdentity:
    return row.organisation, row.scheme or default, row.scope, row.issued


def _find_duplicates(
    lines_by_identity: Mapping[object, list[int]], identities_without_number: set[CertificateIdentity]
) -> dict[int, tuple[int, ...]]:
    """The lines that are about one certificate with others. Numbers tell apart what is alike in all else."""
    others: dict[int, set[int]] = defaultdict(set)
    for name, lines in lines_by_identity.items():
        if len(lines) > 1 and (isinstance(name, str) or name in identities_without_number):
            for line in lines:
                others[line] |= set(lines) - {line}
    return {line: tuple(sorted(found)) for line, found in others.items()}


def _date_faults(
    scene: Scene, certification: Certification | None, row: CertificateRow
) -> tuple[CertificateRowFault, ...]:
    """Why a certificate cannot have the row's dates, with those that are known of it."""
    known = (
        certification.certificate_facts()
        if certification and certification.is_certified
        else CertificateFacts(row.issued)
    )
    days = tuple(dict.fromkeys((*known.surveilled, *row.surveillances)))
    valid_until = row.valid_until or known.valid_until
    try:
        check_facts(replace(known, issued=row.issued, surveilled=days, valid_until=valid_until), scene.today)
    except CertificateFactsError as error:
        return tuple(
            CertificateRowFault(f"term_{one.code}", one.fact, {"day": one.day, "limit": one.limit})
            for one in error.faults
        )
    return ()


def _record_fields(scene: Scene, row: CertificateRow) -> None:
    for name in _TEXT_FIELDS:
        if value := getattr(row, name):
            record_value(scene, CertificateRecorded, name, value)
    _record_certified_day(scene, row)
    record_value(scene, CertificateDated, "issued", row.issued)
    if row.valid_until is not None:
        record_value(scene, CertificateDated, "valid_until", row.valid_until)
    for day in row.surveillances:
        if day.isoformat() not in scene.certification.surveillances:
            record_value(scene, SurveillanceRecorded, day.isoformat(), SurveillanceRecord(day))


def _record_certified_day(scene: Scene, row: CertificateRow) -> None:
    """As where the day is typed: the first makes it certified, another one moves the day on which it became so."""
    certification = scene.certification
    if not certification.is_certified:
        record_value(scene, StageEntered, "", "certified")
    elif certification.reached.get("certified") != certification.dates["issued"]:
        return
    record_value(scene, StageDated, "certified", row.issued)
