"""A turn written into the tables: its events, what others are to hear, and the revisions compared."""

from sqlalchemy import Connection, update

from bot.store import codec, notices, tables
from bot.store.dossiers import Loaded
from bot.store.engine import LostRaceError
from bot.store.record import Hand, record
from dialogs.conversation import Conversation
from dialogs.events import Recorded
from dialogs.turn import Turn


def save_turn(db: Connection, loaded: Loaded, turn: Turn, hand: Hand) -> None:
    """Save all that the turn brought about. Raises LostRaceError, and then nothing of it may be committed."""
    for event in turn.events:
        record(db, event, hand)
    notices.post(db, turn.notices, hand.now)
    for case in sorted({event.case for event in turn.events if isinstance(event, Recorded)}):
        _save_case(db, case, loaded.revisions.get(case, 0))
    _save_conversation(db, loaded.dossier.conversation, turn.dossier.conversation)


def _save_case(db: Connection, case: str, revision: int) -> None:
    """Count the case on from the revision at which it was read; one that was opened just now begins at 0."""
    table = tables.cases
    same = (table.c.id == case, table.c.revision == revision)
    if db.execute(update(table).where(*same).values(revision=revision + 1)).rowcount != 1:
        raise LostRaceError


def _save_conversation(db: Connection, before: Conversation, after: Conversation) -> None:
    """Save the talk over the one that was loaded."""
    if before == after:
        return
    table = tables.conversations
    same = (table.c.contact_id == after.contact, table.c.revision == before.revision)
    changed = (
        update(table)
        .where(*same)
        .values(
            state=after.state,
            cursor=after.cursor,
            locale=after.locale,
            revision=after.revision,
            agreed_at=after.agreed_at,
            organisation_id=after.organisation,
            case_id=after.case,
            last_at=after.last_at,
            memory=codec.memory(after),
        )
    )
    if db.execute(changed).rowcount != 1:
        raise LostRaceError
