"""What an event changes in the dossier: the same that the store makes of it, so that reloading finds the same."""

from dialogs.dossier import Case, Dossier, Organisation
from dialogs.events import (
    AgreementGiven,
    CaseOpened,
    Event,
    InvitationAccepted,
    LanguageChosen,
    OrganisationChanged,
    OrganisationCreated,
    Recorded,
)


def apply(dossier: Dossier, event: Event) -> None:
    """Change the dossier as `event` says; events that only report change nothing."""
    match event:
        case Recorded():
            _record(dossier.cases[event.case], event, dossier.contact.id)
        case LanguageChosen(locale):
            dossier.conversation.locale = locale
        case AgreementGiven(at):
            dossier.conversation.agreed_at = at
        case OrganisationCreated(organisation):
            dossier.organisations[organisation.id] = _copy(organisation)
        case OrganisationChanged(organisation_id, field, value):
            setattr(dossier.organisations[organisation_id], field, value)
        case CaseOpened(case_id, organisation_id, scheme, version, checksum, at):
            dossier.cases[case_id] = Case(case_id, organisation_id, scheme, version, checksum, at)
        case InvitationAccepted() if dossier.invitation is not None:
            invited = dossier.invitation
            dossier.organisations[invited.organisation.id] = invited.organisation
            dossier.cases.update({case.id: case for case in invited.cases})
        case _:
            pass


def _record(case: Case, event: Recorded, contact: str) -> None:
    records = getattr(case, event.field)
    if event.value is None:
        records.pop(event.key, None)
    else:
        records[event.key] = event.value
    if event.field == "answers":
        case.answered_by[event.key] = contact


def _copy(organisation: Organisation) -> Organisation:
    return Organisation(
        organisation.id,
        organisation.name,
        organisation.credit_code,
        organisation.trade,
        organisation.province,
    )
