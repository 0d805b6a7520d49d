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
from dialogs.certification.certifications import OVER, open_certification
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Dossier, Organisation
from dialogs.model.events import Event, OrganisationCreated
from dialogs.model.records import (
    CertificateDated,
    CertificateRecorded,
    Recorded,
    StageDated,
    StageEntered,
    SurveillanceRecorded,
)
from dialogs.model.values import SurveillanceRecord
from rubric.certificate.facts import CertificateFacts, CertificateFactsError, check_facts
from rubric.library.library import Library

_TEXTS: tuple[Literal["number", "grade", "body", "scope"], ...] = ("number", "grade", "body", "scope")
_SHOWN = (CertificateRecorded, CertificateDated, SurveillanceRecorded)
Place = tuple[str, str, str, object]
"""Organisation, scheme, scope and day of issue: what tells certificates without a number apart."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a row brought about; `changes` are the records of a known certificate that are now different."""

    outcome: Literal["new", "changed", "unchanged"]
    events: tuple[Event, ...] = ()
    changes: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What is found by looking at all rows at once: why some are refused, and the lines that are alone.

    Alone is a row that is the only one for a new certificate of its organisation under its scheme.
    """

    faults: Mapping[int, tuple[CertificateRowFault, ...]]
    alone: frozenset[int]


class Register:
    """The contact's certificates as they stand, and the events of the rows taken; the dossier given stays as it is."""

    def __init__(self, dossier: Dossier, library: Library, now: datetime) -> None:
        aside = replace(dossier.copy(), conversation=Conversation(dossier.contact.id))
        self.scene = Scene(aside, library, now)
        self._default = library.default_name()
        self._named: dict[str, list[str]] = defaultdict(list)
        self._numbered: dict[str, list[str]] = defaultdict(list)
        self._placed: dict[Place, list[str]] = defaultdict(list)
        for organisation in aside.organisations.values():
            self._named[organisation.name].append(organisation.id)
        self._held: dict[str, list[str]] = defaultdict(list)
        for certification in aside.certifications.values():
            self._held[certification.organisation].append(certification.id)
            self._list(certification)

    def survey(self, rows: Iterable[CertificateRow]) -> Survey:
        """Which rows cannot be taken beside each other or beside what is known."""
        faults: dict[int, tuple[CertificateRowFault, ...]] = {}
        same: dict[object, list[int]] = defaultdict(list)
        bare: set[Place] = set()
        newcomers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows:
            found = self._known(row)
            if isinstance(found, CertificateRowFault):
                faults[row.line] = (found,)
                continue
            number, place = self._as_recorded(row, found)
            for name in filter(None, (number, place, found)):
                same[name].append(row.line)
            if not number:
                bare.add(place)
            if found is None:
                newcomers[row.organisation, row.scheme or self._default].append(row.line)
        for line, others in _doubled(same, bare).items():
            faults[line] = (CertificateRowFault("twice", values={"lines": others}),)
        return Survey(faults, frozenset(lines[0] for lines in newcomers.values() if len(lines) == 1))

    def take(
        self, row: CertificateRow, fresh: Sequence[str], *, alone: bool
    ) -> ImportResult | tuple[CertificateRowFault, ...]:
        """Record what the row says. `fresh` are two unused ids; a refused row changes nothing."""
        found = self._known(row)
        if isinstance(found, CertificateRowFault):
            return (found,)
        key = found or (self._on_its_way(row) if alone else None)
        certification = self.scene.dossier.certifications[key] if key else None
        faults = _impossible(self.scene, certification, row)
        if faults:
            return faults
        self.scene.events = []
        self._turn_to(row, certification, fresh)
        _record(self.scene, row)
        self._list(self.scene.certification)
        events = tuple(self.scene.events)
        if found is None:
            return ImportResult("new", events)
        changes = tuple(event for event in events if isinstance(event, _SHOWN))
        return ImportResult("changed" if events else "unchanged", events, changes)

    def _known(self, row: CertificateRow) -> str | CertificateRowFault | None:
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
            for key in self._placed.get(_place(row, self._default), ())
            if not (row.number and certifications[key].certificate.get("number"))
        ]
        if len(alike) > 1:
            return CertificateRowFault("several", "number", {"count": len(alike)})
        return alike[0] if alike else None

    def _on_its_way(self, row: CertificateRow) -> str | None:
        """The organisation's one certification that still has no certificate: this is the one it led to."""
        certifications = self.scene.dossier.certifications
        held = [
            certifications[key] for org in self._named.get(row.organisation, ()) for key in self._held[org]
        ]
        waiting = [
            one.id
            for one in held
            if not (one.is_certified or one.at in OVER or one.certificate.get("number"))
            and one.scheme == (row.scheme or self._default)
        ]
        return waiting[0] if len(waiting) == 1 else None

    def _as_recorded(self, row: CertificateRow, found: str | None) -> tuple[str, Place]:
        """Number and place of the certificate once the row is taken: what it leaves empty stays."""
        if found is None:
            return row.number, _place(row, self._default)
        known = self.scene.dossier.certifications[found]
        number = row.number or known.certificate.get("number", "")
        scope = row.scope or known.certificate.get("scope", "")
        return number, (row.organisation, known.scheme, scope, row.issued)

    def _turn_to(
        self, row: CertificateRow, certification: Certification | None, fresh: Sequence[str]
    ) -> None:
        scene = self.scene
        if certification is not None:
            scene.talk.draft["certification"] = certification.id
            self._unlist(certification)
            return
        mine = self._named[row.organisation]
        if not mine:
            apply_event(scene, OrganisationCreated(Organisation(fresh[0], row.organisation)))
            mine.append(fresh[0])
        scene.talk.organisation, scene.dossier.fresh = mine[0], (fresh[1],)
        scheme = scene.library.scheme(row.scheme or self._default)
        open_certification(scene, scheme.id, scheme.version)
        self._held[mine[0]].append(fresh[1])

    def _list(self, certification: Certification) -> None:
        if number := certification.certificate.get("number"):
            self._numbered[number].append(certification.id)
        if certification.is_certified:
            self._placed[self._place_of(certification)].append(certification.id)

    def _unlist(self, certification: Certification) -> None:
        if number := certification.certificate.get("number"):
            self._numbered[number].remove(certification.id)
        if certification.is_certified:
            self._placed[self._place_of(certification)].remove(certification.id)

    def _place_of(self, one: Certification) -> Place:
        name = self.scene.dossier.organisations[one.organisation].name
        return name, one.scheme, one.certificate.get("scope", ""), one.dates["issued"]


def _place(row: CertificateRow, default: str) -> Place:
    return row.organisation, row.scheme or default, row.scope, row.issued


def _doubled(same: Mapping[object, list[int]], bare: set[Place]) -> dict[int, tuple[int, ...]]:
    """The lines that are about one certificate with others. Numbers tell apart what is alike in all else."""
    others: dict[int, set[int]] = defaultdict(set)
    for name, lines in same.items():
        if len(lines) > 1 and (isinstance(name, str) or name in bare):
            for line in lines:
                others[line] |= set(lines) - {line}
    return {line: tuple(sorted(found)) for line, found in others.items()}


def _impossible(
    scene: Scene, certification: Certification | None, row: CertificateRow
) -> tuple[CertificateRowFault, ...]:
    """Why a certificate cannot have the row's dates, with those that are known of it."""
    known = (
        certification.term() if certification and certification.is_certified else CertificateFacts(row.issued)
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


def _record(scene: Scene, row: CertificateRow) -> None:
    for name in _TEXTS:
        if value := getattr(row, name):
            record_value(scene, CertificateRecorded, name, value)
    _certified_since(scene, row)
    record_value(scene, CertificateDated, "issued", row.issued)
    if row.valid_until is not None:
        record_value(scene, CertificateDated, "valid_until", row.valid_until)
    for day in row.surveillances:
        if day.isoformat() not in scene.certification.surveillances:
            record_value(scene, SurveillanceRecorded, day.isoformat(), SurveillanceRecord(day))


def _certified_since(scene: Scene, row: CertificateRow) -> None:
    """As where the day is typed: the first makes it certified, another one moves the day on which it became so."""
    certification = scene.certification
    if not certification.is_certified:
        record_value(scene, StageEntered, "", "certified")
    elif certification.reached.get("certified") != certification.dates["issued"]:
        return
    record_value(scene, StageDated, "certified", row.issued)
