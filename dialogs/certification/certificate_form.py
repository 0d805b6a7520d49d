"""Recording the certificate field by field, and the surveillances that took place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dialogs.assessment.cases import make_newest_pin
from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import DatePrompt, TextPrompt, ask_day, ask_text
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Place
from dialogs.model.events import CertificationOpened
from dialogs.model.messages import Problem
from dialogs.model.records import (
    BodyChosen,
    CertificateDated,
    CertificateRecorded,
    KeeperNamed,
    StageDated,
    StageEntered,
    SurveillanceRecorded,
)
from dialogs.model.values import SurveillanceRecord
from dialogs.parsing.dates.parser import format_long_date, format_short_date
from rubric import CertificateFacts, CertificateFactsError, check_facts

CERTIFICATE_FIELDS = ("issued", "grade", "number", "body", "scope")
"""In the order of asking; only the first must be known."""
FILLING_KEY = "filling"


def record_certificate(scene: Scene, *, renewed: bool = False) -> None:
    """Ask for the fields of the certificate; a renewed one gets a certification of its own."""
    if renewed:
        _open_renewed(scene)
    open_place(scene, Place("certificate"))
    scene.talk.draft[FILLING_KEY] = "yes"
    ask_certificate_field(scene, CERTIFICATE_FIELDS[0])


def ask_certificate_field(scene: Scene, field: str) -> None:
    """Ask for one field of the certificate, or for the printed expiry date."""
    if field in {"issued", "valid_until"}:
        ask_day(scene, field)
    elif field == "grade":
        open_place(scene, Place("certificate", "grade"))
    else:
        ask_text(scene, f"certificate_{field}", field)


def ask_next_field(scene: Scene, field: str) -> None:
    """Ask for the next unknown field while the certificate is being filled in; otherwise show the certificate."""
    known = scene.certification.certificate
    after = CERTIFICATE_FIELDS[CERTIFICATE_FIELDS.index(field) + 1 :] if field in CERTIFICATE_FIELDS else ()
    following = [one for one in after if one not in known]
    if FILLING_KEY in scene.talk.draft and following:
        ask_certificate_field(scene, following[0])
        return
    scene.talk.draft.pop(FILLING_KEY, None)
    open_place(scene, Place("certificate"), back=True)


def _open_renewed(scene: Scene) -> None:
    """Open the certification of the renewed certificate. Undo removes that it was granted, not the certification."""
    old, granted = scene.certification, scene.undo_entries
    scene.talk.draft["certification"] = _find_empty_successor(scene, old) or _open_successor(scene, old)
    _copy_to_successor(scene, old)
    scene.undo_entries = granted
    record_value(scene, StageEntered, "", "certified")


def _find_empty_successor(scene: Scene, old: Certification) -> str | None:
    """Return a certification that was opened for this renewal before, and is empty since that was undone."""
    for one in scene.dossier.certifications.values():
        same = (one.organisation, one.scheme) == (old.organisation, old.scheme)
        if same and one.opened_at >= old.opened_at and not (one.stage or one.reached or one.dates):
            return one.id
    return None


def _open_successor(scene: Scene, old: Certification) -> str:
    """Open a certification under the scheme's newest version. Return its id."""
    key, pin = scene.dossier.new_ids[1], make_newest_pin(scene, old.scheme)
    apply_event(
        scene, CertificationOpened(key, old.organisation, pin.scheme, pin.version, pin.checksum, scene.now)
    )
    return key


def _copy_to_successor(scene: Scene, old: Certification) -> None:
    """Copy what does not change with the new certificate."""
    record_value(scene, KeeperNamed, "", old.keeper.get("", scene.dossier.contact.id))
    if "" in old.body:
        record_value(scene, BodyChosen, "", old.body[""])
    for field in ("body", "scope"):
        if field in old.certificate:
            record_value(scene, CertificateRecorded, field, old.certificate[field])


def _take_issue_date(scene: Scene, _: str, day: date | None) -> Problem | None:
    """Record the issue date, which makes the certification certified whatever its stage was."""
    assert day is not None
    term = replace(_known_facts(scene, day), issued=day)
    refused = find_date_problem(scene, term)
    if refused is not None:
        return refused
    _record_certified_day(scene, day)
    record_value(scene, CertificateDated, "issued", day)
    scene.add_message("certificate.issued", "saved", day=format_long_date(day, scene.words))
    ask_next_field(scene, "issued")
    return None


def _record_certified_day(scene: Scene, day: date) -> None:
    """Record the day of certification: the first issue date sets it, a corrected issue date moves it."""
    certification = scene.certification
    if not certification.is_certified:
        record_value(scene, StageEntered, "", "certified")
    elif certification.reached.get("certified") != certification.dates["issued"]:
        return
    record_value(scene, StageDated, "certified", day)


def _take_expiry_date(scene: Scene, _: str, day: date | None) -> Problem | None:
    if day is not None:
        refused = find_date_problem(scene, replace(_known_facts(scene, scene.today), valid_until=day))
        if refused is not None:
            return refused
    record_value(scene, CertificateDated, "valid_until", day)
    ask_next_field(scene, "valid_until")
    return None


def _take_text(scene: Scene, field: str, typed: str) -> Problem | None:
    if field == "number":
        typed = typed.upper()
        other = _find_number_holder(scene, typed) if typed else None
        if other is not None:
            return Problem(
                "number_taken", scene.words("certificate.number_taken", number=typed, organisation=other)
            )
    if typed:
        record_value(scene, CertificateRecorded, field, typed)
    ask_next_field(scene, field)
    return None


def _find_number_holder(scene: Scene, number: str) -> str | None:
    """Return the contact's organisation that has another certificate with this number."""
    for one in scene.dossier.certifications.values():
        if one.certificate.get("number") == number and one.id != scene.certification.id:
            return scene.dossier.organisations[one.organisation].name
    return None


def record_surveillance(scene: Scene, day: date) -> Problem | None:
    """Record a completed surveillance; the next one is due counting from it."""
    certification = scene.certification
    if day.isoformat() in certification.surveillances:
        return Problem(
            "recorded", scene.words("certificate.surveillance_known", day=format_long_date(day, scene.words))
        )
    term = certification.certificate_facts()
    refused = find_date_problem(scene, replace(term, surveilled=(*term.surveilled, day)))
    if refused is not None:
        return refused
    record_value(scene, SurveillanceRecorded, day.isoformat(), SurveillanceRecord(day))
    scene.add_message("certificate.surveillance_saved", "saved", day=format_long_date(day, scene.words))
    return None


def find_date_problem(scene: Scene, facts: CertificateFacts) -> Problem | None:
    """Return why a certificate cannot have these dates; None where it can."""
    try:
        check_facts(facts, scene.today)
    except CertificateFactsError as error:
        fault = error.faults[0]
        sentence = scene.words(
            f"certificate.{fault.code}",
            fact=scene.words(f"certificate.fact.{fault.fact}"),
            day=format_short_date(fault.day, scene.words),
            limit=format_short_date(fault.limit, scene.words),
        )
        return Problem(fault.code, sentence)
    return None


def _known_facts(scene: Scene, issued: date) -> CertificateFacts:
    """Return the certificate's facts; before it is issued, only the issue date."""
    certification = scene.certification
    return certification.certificate_facts() if certification.is_certified else CertificateFacts(issued)


def _take_surveillance_date(scene: Scene, _: str, day: date | None) -> Problem | None:
    assert day is not None
    return record_surveillance(scene, day)


DATE_PROMPTS: Mapping[str, DatePrompt] = {
    "issued": DatePrompt(_take_issue_date),
    "valid_until": DatePrompt(
        _take_expiry_date, direction="future", both_directions=True, offered_days=(), is_optional=True
    ),
    "surveillance": DatePrompt(_take_surveillance_date, offered_days=(0, -1, -7, -14), needs="certificate"),
}
TEXT_PROMPTS: Mapping[str, TextPrompt] = {
    f"certificate_{field}": TextPrompt(_take_text, is_optional=True) for field in ("number", "body", "scope")
}
