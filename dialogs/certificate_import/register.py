"""Recording certificates from the rows of a table; importing the same rows again changes nothing.

The order of the rows does not matter: the certificate of each row is looked up in what was known before the
first one, and several rows for one certificate are all refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dialogs.assessment.cases import make_newest_pin
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
from rubric import CertificateFacts, CertificateFactsError, Library, check_facts

_TEXT_FIELDS: tuple[Literal["number", "grade", "body", "scope"], ...] = ("number", "grade", "body", "scope")
_REPORTED_CHANGES = (CertificateRecorded, CertificateDated, SurveillanceRecorded)
CertificateIdentity = tuple[str, str, str, object]
"""Organisation, scheme, scope and day of issue: what tells certificates without a number apart."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The effect of one row; `changes` are the changed records of a certificate that was known before."""

    outcome: Literal["new", "changed", "unchanged"]
    events: tuple[Event, ...] = ()
    changes: tuple[ValueRecorded, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCheck:
    """The result of checking all rows together: the faults by line, and `single_lines`.

    Those are the only rows for a new certificate of their organisation and scheme.
    """

    faults: Mapping[int, tuple[CertificateRowFault, ...]]
    single_lines: frozenset[int]


class CertificateRegister:
    """The contact's certificates, updated row by row; the dossier that it is made from is not changed."""

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
        """Return the rows that conflict with each other or with known certificates."""
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
        """Record the row. `new_ids` are two unused ids; a refused row changes nothing."""
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
        """Return the id of the certification that the row belongs to, None where it is new."""
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
        """Return the organisation's only certification under that scheme without a certificate."""
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
        """Return number and identity of the certificate after recording the row; its empty cells change nothing."""
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
        open_certification(scene, make_newest_pin(scene, scheme.id))
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
    """Return the lines that share a certificate with others, unless their numbers differ."""
    others: dict[int, set[int]] = defaultdict(set)
    for name, lines in lines_by_identity.items():
        if len(lines) > 1 and (isinstance(name, str) or name in identities_without_number):
            for line in lines:
                others[line] |= set(lines) - {line}
    return {line: tuple(sorted(found)) for line, found in others.items()}


def _date_faults(
    scene: Scene, certification: Certification | None, row: CertificateRow
) -> tuple[CertificateRowFault, ...]:
    """Return why a certificate with these known dates cannot have the row's dates."""
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
    """Record the day of certification: the first issue date sets it, a corrected issue date moves it."""
    certification = scene.certification
    if not certification.is_certified:
        record_value(scene, StageEntered, "", "certified")
    elif certification.reached.get("certified") != certification.dates["issued"]:
        return
    record_value(scene, StageDated, "certified", row.issued)
