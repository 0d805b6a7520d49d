"""One turn, stored: everything it brings about in one transaction, and only then anything shown."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.reports import case_files
from bot.store import Store, inbox
from bot.store.contacts import Who as Who
from bot.store.contacts import contact_of
from bot.store.dossiers import Loaded, load_dossier
from bot.store.engine import LostRaceError
from bot.store.record import Hand
from bot.store.saving import save_turn
from dialogs.events import ReportRequested
from dialogs.invitation import hash_of
from dialogs.messages import Inbound, Reply, Said, Screen
from dialogs.turn import Turn, current_screen, take_turn
from rubric.library import Library

FRESH_IDS = 2
TRIES = 5
"""How often a turn is taken anew after another one was saved first."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns for any contact of any channel."""

    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now

    def take(self, who: Who, inbound: Inbound, inbound_id: str | None = None) -> tuple[Reply, ...]:
        """Take one turn; what the replies say is saved by then. The same id again changes nothing.

        Raises StoreError, and then nothing of the turn is saved.
        """
        for _ in range(TRIES):
            try:
                return self._take(who, inbound, inbound_id)
            except LostRaceError:
                continue
        return self._take(who, inbound, inbound_id)

    def forget_old_inputs(self) -> None:
        """Forget the ids of inputs that no channel can bring again."""
        with self.store.transaction() as db:
            inbox.forget(db, self.clock())

    def _take(self, who: Who, inbound: Inbound, inbound_id: str | None) -> tuple[Reply, ...]:
        now = self.clock()
        with self.store.transaction() as db:
            contact = contact_of(db, who, now)
            hand = Hand(contact.id, who.channel, inbox.key_of(inbound_id), now)
            is_new = inbound_id is None or inbox.receive(db, contact.id, hand.inbound, now)
            code = hash_of(inbound.text) if isinstance(inbound, Said) else None
            loaded = load_dossier(db, contact, code, now)
            loaded.dossier.fresh = tuple(secrets.token_hex(16) for _ in range(FRESH_IDS))
            if not is_new:
                return (current_screen(loaded.dossier, self.library, now),)
            return self._answer(db, loaded, inbound, hand)

    def _answer(self, db: Connection, loaded: Loaded, inbound: Inbound, hand: Hand) -> tuple[Reply, ...]:
        turn = take_turn(loaded.dossier, inbound, self.library, hand.now)
        save_turn(db, loaded, turn, hand)
        return self._with_files(turn)

    def _with_files(self, turn: Turn) -> tuple[Reply, ...]:
        """The replies, the screen with the files of a case that were asked for."""
        wanted = [event.case for event in turn.events if isinstance(event, ReportRequested)]
        if not wanted:
            return turn.replies
        case = turn.dossier.cases[wanted[-1]]
        files = case_files(case, self.library, turn.dossier.conversation.locale)
        return tuple(
            replace(one, attachments=files) if isinstance(one, Screen) else one for one in turn.replies
        )
