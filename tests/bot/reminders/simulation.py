"""Years of an organisation's life in seconds: the real store and talk, a clock that jumps to what comes next."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from bot.conversations.turns import ChannelUser, TurnService
from bot.reminders.planner import OutgoingReminder
from bot.store import Store
from bot.store.conversations import contacts
from bot.store.reminders import agendas, messages
from bot.store.reminders.agendas import DueContact
from bot.store.schema import delivery_tables
from dialogs.model.messages import (
    ButtonPress,
    ChatStart,
    CommandInput,
    ReminderPress,
    Reply,
    Screen,
    TextInput,
    UserInput,
)
from dialogs.model.reminder_log import ReminderOutcome
from rubric.library.library import Library

SHANGHAI = ZoneInfo("Asia/Shanghai")
ADMIN = "admin:4711"


@dataclass
class Life:
    """`log` is all that went out: when, to whom, what."""

    store: Store
    now: datetime = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    log: list[str] = field(default_factory=list)
    people: dict[str, "Person"] = field(default_factory=dict)
    outcome: ReminderOutcome = "sent"
    turns: TurnService = field(init=False)

    def __post_init__(self) -> None:
        self.turns = TurnService(self.store, Library.from_folders(), lambda: self.now)

    def person(self, name: str, channel: str = "telegram") -> "Person":
        self.people[name] = Person(
            self,
            name,
            ChannelUser(
                channel, str(1000 + len(self.people)), name, "zh-Hans", is_pushed=channel != "terminal"
            ),
        )
        return self.people[name]

    def at(self, day: str, hour: int = 10) -> "Life":
        """Go to that moment in Shanghai, and live through all that is due until then."""
        until = datetime.combine(date.fromisoformat(day), time(hour), SHANGHAI).astimezone(UTC)
        while (due := self.next_due()) is not None and max(due, self.now) <= until:
            self.now = max(due, self.now)
            self.send_due()
        self.now = max(until, self.now)
        return self

    def next_due(self) -> datetime | None:
        with self.store.transaction() as db:
            found: datetime | None = db.execute(
                select(func.min(delivery_tables.agendas.c.next_at))
            ).scalar_one()
            return found

    def send_due(self) -> list[OutgoingReminder]:
        """What a worker does at this moment."""
        found = []
        with self.store.transaction() as db:
            for one in sorted(self._due_contacts(db), key=lambda each: each.address):
                outgoing = self.turns.planner.plan_contact(db, one, self.now)
                if outgoing is not None:
                    messages.record_outcome(db, outgoing.letter_id, self.outcome)
                    told = (
                        messages.add_operator_message(db, ADMIN, outgoing.operator_keys, self.now)
                        if outgoing.operator_keys
                        else []
                    )
                    self._note(outgoing, len(told))
                    found.append(outgoing)
        return found

    def _due_contacts(self, db: Connection) -> list[DueContact]:
        channels = sorted({one.who.channel for one in self.people.values()})
        return [due for one in channels for due in agendas.list_due_contacts(db, one, self.now, 100)]

    def _note(self, outgoing: OutgoingReminder, admins: int) -> None:
        person = next(one for one in self.people.values() if one.who.address == outgoing.due_contact.address)
        person.letter, person.told = str(outgoing.letter_id), outgoing.screen
        local = self.now.astimezone(ZoneInfo(person.zone))
        self.log.append(f"{local:%Y-%m-%d %a %H:%M} → {person.name}\n{outgoing.screen.text}")
        if admins:
            self.log.append(f"{local:%Y-%m-%d %a %H:%M} → 管理员：{admins}件事没有人处理")


@dataclass
class Person:
    """Somebody with a phone. `told` is the last reminder, `letter` its number, `screen` where the talk stands."""

    life: Life
    name: str
    who: ChannelUser
    letter: str = ""
    told: Screen | None = None
    screen: Screen | None = None
    zone: str = "Asia/Shanghai"

    def does(self, *inputs: UserInput | str) -> "Person":
        """Presses of buttons (`:` within, or a known id) as they are, other text as it is typed."""
        for one in inputs:
            self.take(_inbound(one))
        return self

    def take(self, inbound: UserInput) -> tuple[Reply, ...]:
        replies = self.life.turns.take_turn(self.who, inbound)
        self.screen = replies[-1] if isinstance(replies[-1], Screen) else None
        return replies

    def reacts(self, button: str) -> "Person":
        """Presses a button of the last reminder."""
        self.take(ReminderPress(self.letter, button))
        return self

    def begins(self, name: str = "星河电器有限公司") -> "Person":
        self.does(ChatStart(), "lang:zh-Hans", "nav:next", name, "nav:next", "nav:next", "nav:next")
        return self.does("2800", "300", "26", "2")

    def records(self, issued: str, grade: str = "4-star", number: str = "CTS-1") -> "Person":
        """A certificate, from its day of issue to its scope."""
        self.does(
            CommandInput("certification"), "certificate:record", issued, "day:yes", f"grade:{grade}", number
        )
        return self.does("中认", "售后服务")

    def surveilled(self, day: str) -> "Person":
        return self.does(CommandInput("certification"), "certificate", "surveilled", day, "day:yes")

    def invites(self, colleague: "Person") -> None:
        self.does(CommandInput("invite"), "invitation:new")
        assert self.screen is not None
        colleague.does(ChatStart(code=self.screen.invitation_code), "lang:zh-Hans", "nav:next")

    def blocks_the_bot(self, *, blocked: bool = True) -> None:
        with self.life.store.transaction() as db:
            now = self.life.now
            contacts.set_reachability_of_address(
                db, self.who.channel, self.who.address, now if blocked else None, now
            )

    @property
    def text(self) -> str:
        assert self.screen is not None
        return self.screen.text


BUTTONS = (
    "erase:",
    "lang:", "nav:", "certificate", "day:", "grade:", "surveilled", "react:", "step:", "invitation:", "colleague:",
    "field:", "finding:", "findings", "reminders:", "stage:", "hour:",
)  # fmt: skip


def _inbound(one: UserInput | str) -> UserInput:
    if not isinstance(one, str):
        return one
    return ButtonPress(one) if one.startswith(BUTTONS) and " " not in one else TextInput(one)
