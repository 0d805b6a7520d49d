"""The effect of an event on the dossier; the store does the same, so that reloading gives an equal dossier.

Cases and organisations are replaced, never changed in place, so that a dossier can share them with its copy.
"""

from dataclasses import replace
from typing import Any

from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Case, Dossier
from dialogs.model.events import (
    AgendaChosen,
    AgreementGiven,
    CaseOpened,
    CertificationOpened,
    Event,
    InvitationAccepted,
    LanguageChosen,
    OrganisationChanged,
    OrganisationCreated,
    ReminderReacted,
)
from dialogs.model.records import ValueRecorded
from dialogs.model.values import Pin


def apply(dossier: Dossier, event: Event) -> None:
    """Change the dossier by `event`; events that only report change nothing."""
    match event:
        case ValueRecorded() if event.case in dossier.certifications:
            certification = dossier.certifications[event.case]
            dossier.certifications[event.case] = replace(
                certification, **_updated_field(certification, event)
            )
        case ValueRecorded():
            dossier.cases[event.case] = _update_case(dossier.cases[event.case], event, dossier.contact.id)
        case LanguageChosen() | AgreementGiven():
            _apply_to_conversation(dossier.conversation, event)
        case ReminderReacted() | AgendaChosen():
            _apply_to_reminder_log(dossier, event)
        case OrganisationCreated(organisation):
            dossier.organisations[organisation.id] = organisation
        case OrganisationChanged(organisation_id, field, value):
            changes: dict[str, str | None] = {field: value}
            changed = replace(dossier.organisations[organisation_id], **changes)  # type: ignore[arg-type]
            dossier.organisations[organisation_id] = changed
        case CaseOpened(case_id, organisation_id, scheme, version, checksum, at):
            dossier.cases[case_id] = Case(case_id, organisation_id, scheme, version, checksum, at)
        case CertificationOpened(key, organisation_id, scheme, version, checksum, at):
            opened = Certification(key, organisation_id, scheme, version, checksum, at)
            dossier.certifications[key] = opened
        case InvitationAccepted() if dossier.invitation is not None:
            invited = dossier.invitation
            dossier.organisations[invited.organisation.id] = invited.organisation
            dossier.cases.update({case.id: case for case in invited.cases})
            dossier.certifications.update({one.id: one for one in invited.certifications})
        case _:
            pass


def _apply_to_conversation(talk: Conversation, event: LanguageChosen | AgreementGiven) -> None:
    match event:
        case LanguageChosen(locale):
            talk.locale = locale
        case AgreementGiven(at):
            talk.agreed_at = at


def _apply_to_reminder_log(dossier: Dossier, event: ReminderReacted | AgendaChosen) -> None:
    if dossier.reminder_log is None:
        return
    match event:
        case ReminderReacted(key, reaction, until):
            dossier.reminder_log = dossier.reminder_log.with_reaction(
                key, dossier.contact.id, reaction, until
            )
        case AgendaChosen(agenda):
            dossier.reminder_log = replace(dossier.reminder_log, preferences=agenda)


def _update_case(case: Case, event: ValueRecorded, contact: str) -> Case:
    records = _updated_field(case, event)
    if event.field == "answers":
        records["answered_by"] = {**case.answered_by, event.key: contact}
    changed = replace(case, **records)
    moves = isinstance(event.value, Pin) and not event.key
    return changed.with_pin(event.value) if moves and isinstance(event.value, Pin) else changed


def _updated_field(record: Case | Certification, event: ValueRecorded) -> dict[str, Any]:
    """Return the field with the new value, in the order of recording, as the store reads it."""
    records = {key: value for key, value in getattr(record, event.field).items() if key != event.key}
    if event.value is not None:
        records[event.key] = event.value
    return {event.field: records}
