"""One turn, stored: everything it brings about in one transaction, and only then anything shown."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.reminders.planner import ReminderPlanner
from bot.reminders.working_days import CALENDAR
from bot.reports import case_files
from bot.reports.calendar_ics import calendar_file
from bot.reports.export import export_files
from bot.store import Store
from bot.store.conversations import processed_inputs, scheme_archive
from bot.store.conversations.contacts import Who as Who
from bot.store.conversations.contacts import contact_of
from bot.store.conversations.dossiers import Loaded, load_dossier, revision_of
from bot.store.conversations.save_events import TurnOrigin
from bot.store.conversations.save_turn import save_turn
from bot.store.engine import LostRaceError
from bot.store.privacy.erase import erase, unlink_doomed
from bot.store.privacy.export import stored_about
from bot.store.reminders.agendas import PUSHED
from bot.store.reminders.messages import ledger_of
from dialogs.engine.turn import Turn, current_screen, speaks_of_reminders, take_turn
from dialogs.model.dossier import Contact, Dossier, files_of
from dialogs.model.events import CalendarRequested, ErasureConfirmed, ExportRequested, ReportRequested
from dialogs.model.invitation_codes import hash_of
from dialogs.model.messages import Attachment, Inbound, Opened, Reacted, Reply, Said, Screen
from rubric.library.library import Library

FRESH_IDS = 2
TRIES = 5
"""How often a turn is taken anew after another one was saved first."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class TurnResult:
    """A turn that was taken: whose, from what, to what, and the replies with the files that were asked for."""

    contact: Contact
    before: Dossier
    turn: Turn
    replies: tuple[Reply, ...]

    @property
    def erased(self) -> bool:
        """Whether nothing is left of the contact; the files then go by `clear_away`, after the commit."""
        return any(isinstance(event, ErasureConfirmed) for event in self.turn.events)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns for any contact of any channel.

    `evidence` tells where the file of a checksum lies; `zone` is the time zone of contacts who chose none.
    """

    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now
    evidence: Callable[[str], Path] = Path("evidence").joinpath
    zone: str = "Asia/Shanghai"

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
            processed_inputs.forget(db, self.clock())

    def clear_away(self) -> None:
        """Remove the files that nothing refers to any more; what cannot be removed now is tried the next time."""
        with suppress(OSError), self.store.transaction() as db:
            unlink_doomed(db, self.evidence)

    def _take(self, who: Who, inbound: Inbound, inbound_id: str | None) -> tuple[Reply, ...]:
        now = self.clock()
        with self.store.transaction() as db:
            contact, key = contact_of(db, who, now), processed_inputs.key_of(inbound_id)
            if inbound_id is not None and not processed_inputs.receive(db, contact.id, key, now):
                return (self._again(db, contact, inbound, now),)
            taken = self.taken(db, contact, who.channel, inbound, key)
        if taken.erased:
            self.clear_away()
        return taken.replies

    def taken(self, db: Connection, contact: Contact, channel: str, inbound: Inbound, key: str) -> TurnResult:
        """The turn taken within a transaction, for a channel that has more to store with it.

        `key` says where the answers came from; whether it came before is the channel's to know.
        Raises LostRaceError, and then the transaction must not be committed.
        """
        hand = TurnOrigin(contact.id, channel, key, self.clock())
        loaded = self._load(db, contact, inbound, hand.now)
        turn = self._turn(db, loaded.dossier, inbound, channel, hand.now)
        save_turn(db, loaded, turn, hand, self.store.recent)
        scheme_archive.keep(db, self.library, turn.events)
        replies = self._with_files(db, turn)
        taken = TurnResult(contact, loaded.dossier, turn, replies)
        if taken.erased:
            erase(db, contact.id)
        return taken

    def _again(self, db: Connection, contact: Contact, inbound: Inbound, now: datetime) -> Screen:
        """The screen as it stands, for an input that came before."""
        dossier = self._load(db, contact, inbound, now).dossier
        if speaks_of_reminders(dossier):
            dossier.ledger = ledger_of(db, dossier, self.zone)
        return current_screen(dossier, self.library, now)

    def _turn(self, db: Connection, dossier: Dossier, inbound: Inbound, channel: str, now: datetime) -> Turn:
        """The turn; taken again with the ledger where it led to a screen that needs it."""
        if channel not in PUSHED and isinstance(inbound, Opened):
            dossier.letter = self.attending.present(db, dossier.contact, now)
        if dossier.letter or isinstance(inbound, Reacted) or speaks_of_reminders(dossier):
            dossier.ledger = ledger_of(db, dossier, self.zone)
        turn = take_turn(dossier, inbound, self.library, now)
        if turn.dossier.ledger is None and speaks_of_reminders(turn.dossier):
            dossier.ledger = ledger_of(db, dossier, self.zone)
            turn = take_turn(dossier, inbound, self.library, now)
        return turn

    @property
    def attending(self) -> ReminderPlanner:
        return ReminderPlanner(self.library, self.zone, self.store.recent)

    def _load(self, db: Connection, contact: Contact, inbound: Inbound, now: datetime) -> Loaded:
        loaded = load_dossier(db, contact, _code(inbound), now, self.store.recent)
        scheme_archive.supply(db, self.library, files_of(loaded.dossier))
        loaded.dossier.fresh = tuple(secrets.token_hex(16) for _ in range(FRESH_IDS))
        loaded.dossier.calendar = CALENDAR
        loaded.dossier.today = now.astimezone(ZoneInfo(loaded.zone or self.zone)).date()
        return loaded

    def _with_files(self, db: Connection, turn: Turn) -> tuple[Reply, ...]:
        """The replies, the screen with the files that were asked for."""
        files: tuple[Attachment, ...] = ()
        for event in turn.events:
            match event:
                case ReportRequested(case):
                    locale = turn.dossier.conversation.locale
                    files = case_files(turn.dossier.cases[case], self.library, locale)
                case CalendarRequested(certification):
                    sequence = revision_of(db, certification)
                    files = (
                        calendar_file(turn.dossier, certification, self.library, self.clock(), sequence),
                    )
                case ExportRequested():
                    files = export_files(stored_about(db, turn.dossier.contact.id), self.evidence)
        if not files:
            return turn.replies
        return tuple(
            replace(one, attachments=files) if isinstance(one, Screen) else one for one in turn.replies
        )


def _code(inbound: Inbound) -> str | None:
    """The hash of an invitation code that comes with the input."""
    match inbound:
        case Said(text):
            return hash_of(text)
        case Opened(code=code):
            return hash_of(code)
    return None
