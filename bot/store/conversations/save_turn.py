"""A turn saved: its events, notices and revisions."""

from sqlalchemy import Connection, bindparam, update

from bot.store import codec
from bot.store.cache import RevisionCache
from bot.store.conversations import notices
from bot.store.conversations.dossiers import LoadedDossier
from bot.store.conversations.save_events import TurnOrigin, save_events
from bot.store.engine import LostRaceError
from bot.store.reminders import agendas, messages
from bot.store.schema import conversation_tables
from bot.store.statements import PreparedStatement
from dialogs import (
    AgendaChosen,
    CaseOpened,
    CertificationOpened,
    Conversation,
    Event,
    InvitationAccepted,
    ReminderReacted,
    Turn,
    ValueRecorded,
)


def save_turn(
    db: Connection, loaded: LoadedDossier, turn: Turn, origin: TurnOrigin, cache: RevisionCache
) -> None:
    """Save all that the turn brought about. Raises LostRaceError, and then nothing of it may be committed."""
    save_events(db, turn.events, origin)
    notices.post_notices(db, turn.notices, origin.now)
    for case in sorted({event.case for event in turn.events if isinstance(event, ValueRecorded)}):
        revision = loaded.revisions.get(case, 0)
        _save_case(db, case, revision)
        cache.keep(case, revision + 1, turn.dossier.find_record(case))
    _reschedule_reminders(db, turn, origin)
    _save_conversation(db, loaded.dossier.conversation, turn.dossier.conversation)
    talk = turn.dossier.conversation
    cache.keep(talk.contact, talk.revision, codec.memory_of(talk))


def _reschedule_reminders(db: Connection, turn: Turn, origin: TurnOrigin) -> None:
    """Reschedule the reminders of the contacts that the turn's events affect."""
    touched = {found for event in turn.events if (found := _organisation_of(turn, event))}
    if touched:
        agendas.wake_members(db, touched, origin.now)
    for event in turn.events:
        match event:
            case AgendaChosen(agenda):
                agendas.save_preferences(db, origin.contact, agenda, origin.now)
            case ReminderReacted(key, reaction, until):
                messages.record_reaction(db, [key], origin.contact, reaction, until)
                agendas.wake_contacts(db, [origin.contact], origin.now)


def _organisation_of(turn: Turn, event: Event) -> str | None:
    """Return the organisation whose reminders the event may change."""
    match event:
        case CaseOpened() | CertificationOpened() | InvitationAccepted():
            return event.organisation
        case ValueRecorded() if event.case in turn.dossier.certifications:
            return turn.dossier.certifications[event.case].organisation
    return None


def _save_case(db: Connection, case: str, revision: int) -> None:
    """Count the case on from the revision at which it was read; one that was opened just now begins at 0."""
    if _SAVE_CASE.run(db, {"of_case": case, "before": revision, "after": revision + 1}) != 1:
        raise LostRaceError


def _save_conversation(db: Connection, before: Conversation, after: Conversation) -> None:
    """Save the conversation unless it was changed after it was loaded. Raises LostRaceError."""
    if before == after:
        return
    values = {
        "of_contact": after.contact,
        "before": before.revision,
        "state": after.state,
        "cursor": after.cursor,
        "locale": after.locale,
        "revision": after.revision,
        "agreed_at": after.agreed_at,
        "organisation_id": after.organisation,
        "case_id": after.case,
        "last_at": after.last_active_at,
        "memory": codec.encode_memory(after),
    }
    if _SAVE_CONVERSATION.run(db, values) != 1:
        raise LostRaceError


_CASE, _TALK = conversation_tables.cases.c, conversation_tables.conversations.c
_SAVE_CASE = PreparedStatement(
    update(conversation_tables.cases)
    .where(_CASE.id == bindparam("of_case"), _CASE.revision == bindparam("before"))
    .values(revision=bindparam("after"))
)
_SAVE_CONVERSATION = PreparedStatement(
    update(conversation_tables.conversations)
    .where(_TALK.contact_id == bindparam("of_contact"), _TALK.revision == bindparam("before"))
    .values({column.name: bindparam(column.name) for column in _TALK if column.name != "contact_id"})
)
