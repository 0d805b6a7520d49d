"""A person in the talk, and the shell around it: frozen clock and ids, everything written out between two steps."""

import copyreg
import hashlib
import pickle
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TypeVar

from dialogs.engine.turn import Turn, take_turn
from dialogs.language.catalogue import Catalogue, find_catalogue
from dialogs.model.apply import apply
from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Case, Contact, Dossier, Invitation, Organisation
from dialogs.model.events import Event, InvitationAccepted, InvitationIssued, OrganisationCreated
from dialogs.model.invitation_codes import hash_code
from dialogs.model.messages import (
    ButtonPress,
    ChatStart,
    FileInput,
    Notice,
    Problem,
    Screen,
    TextInput,
    UserInput,
)
from dialogs.model.reminder_log import ReminderLog
from rubric.library.library import Library
from rubric.model.answers import Answer
from rubric.scoring.scorecard import Scorecard

NAME = "星河电器有限公司"
CREDIT_CODE = "91350100M000100Y43"
FIGURES = {"staff": 2800, "outlets": 300, "service_managers": 26, "certified_managers": 2}


T = TypeVar("T")


class _Writer(pickle.Pickler):
    """Writes what a store keeps: no scorecard that a case remembers, and with it the whole scheme."""

    dispatch_table = copyreg.dispatch_table | {Scorecard: lambda _card: (type(None), ())}


def written_and_read(value: T) -> T:
    """Return it as it comes back from a store: equal, and nothing in it the same object."""
    written = BytesIO()
    _Writer(written).dump(value)
    read: T = pickle.loads(written.getbuffer())
    return read


class _WorldWriter(_Writer):
    def persistent_id(self, value: object) -> str | None:
        return "library" if isinstance(value, Library) else None


class _WorldReader(pickle.Unpickler):
    def __init__(self, written: BytesIO, library: Library) -> None:
        super().__init__(written)
        self.library = library

    def persistent_load(self, _id: str) -> Library:
        return self.library


@dataclass
class World:
    """What the shell keeps: everybody's talk, the enterprises, and what is waiting for whom."""

    library: Library
    now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    players: dict[str, "Player"] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    certifications: dict[str, Certification] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    waiting: list[Notice] = field(default_factory=list)
    given_out: int = 0
    ledger: ReminderLog | None = None

    def saved(self) -> "World":
        """A world of its own that goes on from here; the library is the same one."""
        written = BytesIO()
        _WorldWriter(written).dump(self)
        written.seek(0)
        world: World = _WorldReader(written, self.library).load()
        return world

    def player(self, contact: str, name: str) -> "Player":
        self.players[contact] = Player(self, Contact(contact, name), Conversation(contact))
        self.players[contact].open()
        return self.players[contact]

    def wait(self, **duration: int) -> None:
        self.now += timedelta(**duration)

    def fresh(self) -> tuple[str, ...]:
        """The next four ids, the same in every run."""
        self.given_out += 1
        return tuple(hashlib.sha256(f"{self.given_out} {one}".encode()).hexdigest()[:32] for one in range(4))

    def cases_of(self, organisation: str) -> dict[str, Case]:
        return {key: case for key, case in self.cases.items() if case.organisation == organisation}

    def certifications_of(self, organisation: str) -> dict[str, Certification]:
        return {key: one for key, one in self.certifications.items() if one.organisation == organisation}

    def save(self, contact: str, turn: Turn) -> None:
        """Keep what the turn brought. Memberships and invitations follow from the events alone."""
        self.organisations |= turn.dossier.organisations
        self.cases |= turn.dossier.cases
        self.certifications |= turn.dossier.certifications
        for event in turn.events:
            self._follow(contact, event)
        self.waiting = [one for one in self.waiting if one.contact != contact] + list(turn.notices)

    def _follow(self, contact: str, event: Event) -> None:
        match event:
            case OrganisationCreated(organisation):
                self.members.setdefault(organisation.id, set()).add(contact)
            case InvitationIssued(code_hash, organisation, expires_at):
                invited = self.organisations[organisation]
                self.invitations[code_hash] = Invitation(
                    code_hash, invited, (), contact, expires_at, is_used=False
                )
            case InvitationAccepted(code_hash, organisation):
                self.members[organisation].add(contact)
                self.invitations[code_hash] = replace(self.invitations[code_hash], is_used=True)

    def invited_by(self, text: str) -> Invitation | None:
        found = self.invitations.get(hash_code(text) or "")
        if found is None:
            return None
        organisation = self.organisations[found.organisation.id]
        return replace(
            found,
            organisation=organisation,
            cases=tuple(self.cases_of(organisation.id).values()),
            certifications=tuple(self.certifications_of(organisation.id).values()),
        )


@dataclass
class Player:
    """One contact. `screen` is the last one shown, `problem` what was said about the last input, if anything."""

    world: World
    contact: Contact
    talk: Conversation
    turn: Turn | None = None
    screen: Screen = field(default_factory=lambda: Screen("", None, (), ()))
    problem: Problem | None = None

    def open(self, locale: str | None = None) -> "Player":
        return self.take(ChatStart(locale))

    def press(self, *buttons: str, revision: int | None = None) -> "Player":
        for button in buttons:
            self.take(ButtonPress(button, revision))
        return self

    def say(self, *texts: str) -> "Player":
        for text in texts:
            self.take(TextInput(text))
        return self

    def send(self, name: str = "制度.pdf", **changes: object) -> "Player":
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        return self.take(replace(FileInput(name, "application/pdf", 1000, sha256), **changes))  # type: ignore[arg-type]

    def take(self, inbound: UserInput) -> "Player":
        """One turn: read from the store, hear, write back, exactly as the shell does."""
        before = self.dossier(inbound)
        given = written_and_read(before)
        turn = take_turn(given, inbound, self.world.library, self.world.now)
        assert given == before, "the dossier given was changed"
        _events_tell_all(before, turn)
        written = written_and_read(turn.dossier)
        self.turn, self.talk = turn, written.conversation
        self.world.save(self.contact.id, replace(turn, dossier=written))
        *problems, screen = turn.replies
        assert isinstance(screen, Screen)
        self.screen, self.problem = screen, None
        for problem in problems:
            assert isinstance(problem, Problem)
            self.problem = problem
        return self

    def dossier(self, inbound: UserInput | None = None) -> Dossier:
        """What the talk may see, read anew."""
        world, me = self.world, self.contact.id
        mine = {key for key, members in world.members.items() if me in members}
        typed = self.talk.draft.get("code", "")
        if isinstance(inbound, TextInput):
            typed = inbound.text
        elif isinstance(inbound, ChatStart) and inbound.code:
            typed = inbound.code
        seen = Dossier(
            contact=self.contact,
            conversation=self.talk,
            organisations={key: one for key, one in world.organisations.items() if key in mine},
            cases={key: one for key, one in world.cases.items() if one.organisation in mine},
            certifications={
                key: one for key, one in world.certifications.items() if one.organisation in mine
            },
            notices=tuple(one for one in world.waiting if one.contact == me),
            invitation=world.invited_by(typed),
            contact_names={one.contact.id: one.contact.name for one in world.players.values()},
            new_ids=world.fresh(),
            reminder_log=world.ledger,
        )
        return written_and_read(seen)

    @property
    def state(self) -> str:
        return self.screen.state

    @property
    def at(self) -> str | None:
        """The indicator on the screen."""
        return self.screen.indicator

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def words(self) -> Catalogue:
        return find_catalogue(self.talk.locale)

    @property
    def case(self) -> Case:
        return self.world.cases[self.talk.case or ""]

    @property
    def certification(self) -> Certification:
        """The one being looked at."""
        return self.world.certifications[self.talk.draft["certification"]]

    @property
    def organisation(self) -> Organisation:
        return self.world.organisations[self.talk.organisation or ""]

    @property
    def events(self) -> tuple[Event, ...]:
        return self.turn.events if self.turn else ()

    @property
    def buttons(self) -> list[str]:
        return [one.id for row in self.screen.buttons for one in row]

    def answer(self, indicator: str) -> Answer | None:
        return self.case.answers.get(indicator)

    def label(self, button: str) -> str:
        return next(one.label for row in self.screen.buttons for one in row if one.id == button)

    def says(self, key: str, **values: object) -> bool:
        """Whether the screen has this sentence of the catalogue."""
        return self.words(key, **values) in self.text

    def refused(self, code: str) -> bool:
        """Whether the last input was answered with this problem, and changed nothing."""
        return self.problem is not None and self.problem.code == code and not self.events

    # Ways through the talk that many tests begin with.

    def agree(self, locale: str = "zh-Hans") -> "Player":
        return self.press(f"lang:{locale}", "nav:next")

    def introduce(self, name: str = NAME, figures: dict[str, int] | None = None) -> "Player":
        """The organisation, its own fields passed, to the first condition."""
        self.say(name).press("nav:next", "nav:next", "nav:next")
        return self.say(*(str(number) for number in (figures or FIGURES).values()))

    def qualify(self) -> "Player":
        """Every condition met, to the first question."""
        return self._through("eligibility.", "answer:met")

    def begin(self, name: str = NAME, figures: dict[str, int] | None = None) -> "Player":
        """To the first question."""
        return self.agree().introduce(name, figures).qualify()

    def answer_all(self, button: str = "answer:met") -> "Player":
        """Every question that is asked from here on, to what comes after them."""
        return self._through("scoring.question", button)

    def _through(self, state: str, button: str) -> "Player":
        """Press `button`, or go on where there is none, as long as the talk stays in `state`."""
        for _ in range(100):
            if not self.state.startswith(state):
                return self
            self.press(
                next(one for one in (button, "nav:next", "answer:skip") if self.screen.has_button(one))
            )
        raise AssertionError(f"{state} has no end")

    def finish(self) -> "Player":
        """From the special deductions to the grade, nothing found and nothing claimed."""
        return self.press("nav:next", "nav:next", "nav:submit", "nav:submit")


def _events_tell_all(before: Dossier, turn: Turn) -> None:
    """What the events say, put into the dossier as it was, is the dossier as it is: nothing else changed."""
    followed = before.copy()
    for event in turn.events:
        apply(followed, event)
    assert followed.cases == turn.dossier.cases
    assert followed.certifications == turn.dossier.certifications
    assert followed.organisations == turn.dossier.organisations
