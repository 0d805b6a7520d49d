"""A stored turn: all its effects in one transaction, replies only after it."""

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
from bot.reports.calendar_ics import make_calendar_file
from bot.reports.export import make_export_files
from bot.store import Store
from bot.store.conversations import failures, processed_inputs, scheme_archive
from bot.store.conversations.contacts import ChannelUser as ChannelUser
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.conversations.dossiers import LoadedDossier, load_dossier, revision_of
from bot.store.conversations.save_events import TurnOrigin
from bot.store.conversations.save_turn import save_turn
from bot.store.ids import make_turn_ids
from bot.store.privacy.erase import erase_contact, unlink_doomed_files
from bot.store.privacy.export import read_stored_rows
from bot.store.reminders.messages import load_reminder_log
from dialogs import (
    Attachment,
    CalendarRequested,
    ChatStart,
    Contact,
    Dossier,
    ErasureConfirmed,
    ExportRequested,
    ReminderPress,
    Reply,
    ReportRequested,
    Screen,
    TextInput,
    Turn,
    UserInput,
    current_screen,
    hash_code,
    list_records,
    needs_reminder_log,
    take_turn,
)
from rubric import Library


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class TurnResult:
    """The result of a turn: the contact, the dossier before, the turn, the replies with requested files."""

    contact: Contact
    before: Dossier
    turn: Turn
    replies: tuple[Reply, ...]

    @property
    def contact_erased(self) -> bool:
        """Whether nothing is left of the contact; the files then go by `clear_away`, after the commit."""
        return any(isinstance(event, ErasureConfirmed) for event in self.turn.events)


@dataclass(frozen=True, slots=True)
class TurnService:
    """Takes turns for the contacts of all channels; `evidence` returns the path of a checksum.

    `zone` is the time zone of contacts who chose none.
    """

    store: Store
    library: Library
    clock: Callable[[], datetime] = utc_now
    evidence: Callable[[str], Path] = Path("evidence").joinpath
    zone: str = "Asia/Shanghai"

    def take_turn(
        self, user: ChannelUser, inbound: UserInput, inbound_id: str | None = None
    ) -> tuple[Reply, ...]:
        """Take one turn; it is saved before the replies are returned. Repeating an id changes nothing.

        Raises StoreError; nothing of the turn is saved then.
        """
        result = self.store.run(lambda db: self._take_once(db, user, inbound, inbound_id))
        if isinstance(result, Screen):
            return (result,)
        if result.contact_erased:
            self.remove_doomed_files()
        return result.replies

    def forget_old_inputs(self) -> None:
        """Delete old ids of inputs, which no channel can bring again, and old failures."""
        with self.store.transaction() as db:
            processed_inputs.delete_old_inputs(db, self.clock())
            failures.forget(db, self.clock())

    def remove_doomed_files(self) -> None:
        """Delete files that nothing refers to; failures are retried the next time."""
        with suppress(OSError), self.store.transaction() as db:
            unlink_doomed_files(db, self.evidence)

    def _take_once(
        self, db: Connection, user: ChannelUser, inbound: UserInput, inbound_id: str | None
    ) -> TurnResult | Screen:
        """Take the turn; return the current screen for an input that came before."""
        now = self.clock()
        contact, key = get_or_create_contact(db, user, now), processed_inputs.input_key(inbound_id)
        if inbound_id is not None and not processed_inputs.record_input(db, contact.id, key, now):
            return self.screen_now(db, contact, inbound, now)
        return self.take_in_transaction(db, contact, user, inbound, key)

    def take_in_transaction(
        self, db: Connection, contact: Contact, user: ChannelUser, inbound: UserInput, key: str
    ) -> TurnResult:
        """Take the turn in the caller's transaction, for a channel that stores more with it.

        `key` is the input that the answers came from; the channel checks that it is new.
        Raises LostRaceError; the transaction must not be committed then.
        """
        hand = TurnOrigin(contact.id, user.channel, key, self.clock())
        loaded = self._load(db, contact, inbound, hand.now)
        turn = self._run_turn(db, loaded.dossier, inbound, hand.now, is_pushed=user.is_pushed)
        save_turn(db, loaded, turn, hand, self.store.cache)
        scheme_archive.archive_schemes(db, self.library, turn.events)
        replies = self._attach_files(db, turn)
        taken = TurnResult(contact, loaded.dossier, turn, replies)
        if taken.contact_erased:
            erase_contact(db, contact.id)
        return taken

    def screen_now(self, db: Connection, contact: Contact, inbound: UserInput, now: datetime) -> Screen:
        """Return the current screen; `inbound` had its effect before, or has none."""
        dossier = self._load(db, contact, inbound, now).dossier
        if needs_reminder_log(dossier):
            dossier.reminder_log = load_reminder_log(db, dossier, self.zone)
        return current_screen(dossier, self.library, now)

    def _run_turn(
        self, db: Connection, dossier: Dossier, inbound: UserInput, now: datetime, *, is_pushed: bool
    ) -> Turn:
        """Run the turn; again with the reminder log when its screen needs it."""
        if not is_pushed and isinstance(inbound, ChatStart):
            dossier.reminder_letter = self.planner.record_shown(db, dossier.contact, now)
        if dossier.reminder_letter or isinstance(inbound, ReminderPress) or needs_reminder_log(dossier):
            dossier.reminder_log = load_reminder_log(db, dossier, self.zone)
        turn = take_turn(dossier, inbound, self.library, now)
        if turn.dossier.reminder_log is None and needs_reminder_log(turn.dossier):
            dossier.reminder_log = load_reminder_log(db, dossier, self.zone)
            turn = take_turn(dossier, inbound, self.library, now)
        return turn

    @property
    def planner(self) -> ReminderPlanner:
        return ReminderPlanner(self.library, self.zone, self.store.cache)

    def _load(self, db: Connection, contact: Contact, inbound: UserInput, now: datetime) -> LoadedDossier:
        loaded = load_dossier(db, contact, _code_hash(inbound), now, self.store.cache)
        scheme_archive.supply_schemes(db, self.library, list_records(loaded.dossier))
        loaded.dossier.new_ids = make_turn_ids()
        loaded.dossier.calendar = CALENDAR
        loaded.dossier.today = now.astimezone(ZoneInfo(loaded.zone or self.zone)).date()
        return loaded

    def _attach_files(self, db: Connection, turn: Turn) -> tuple[Reply, ...]:
        """Return the replies, the screen with the requested files."""
        files: tuple[Attachment, ...] = ()
        for event in turn.events:
            match event:
                case ReportRequested(case):
                    locale = turn.dossier.conversation.locale
                    files = case_files(turn.dossier.cases[case], self.library, locale)
                case CalendarRequested(certification):
                    sequence = revision_of(db, certification)
                    files = (
                        make_calendar_file(turn.dossier, certification, self.library, self.clock(), sequence),
                    )
                case ExportRequested():
                    files = make_export_files(read_stored_rows(db, turn.dossier.contact.id), self.evidence)
        if not files:
            return turn.replies
        return tuple(
            replace(one, attachments=files) if isinstance(one, Screen) else one for one in turn.replies
        )


def _code_hash(inbound: UserInput) -> str | None:
    """Return the hash of an invitation code in the input."""
    match inbound:
        case TextInput(text):
            return hash_code(text)
        case ChatStart(code=code):
            return hash_code(code)
    return None
