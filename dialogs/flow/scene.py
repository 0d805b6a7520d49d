"""What a step works with: the talk as it stands in this turn, and the few ways in which a step may change it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dialogs.flow.machine import fire
from dialogs.flow.table import ABOVE, DETOURS, DRAFTS, MAIN, POINTING
from dialogs.language.catalogue import Words, words_of
from dialogs.model.apply import apply
from dialogs.model.certification import CERTIFYING, Certification
from dialogs.model.conversation import MOST_PATH, MOST_UNDO, Conversation, Place, Restore, UndoStep
from dialogs.model.dossier import Case, Dossier, Organisation
from dialogs.model.events import Event, OrganisationChanged
from dialogs.model.messages import Block, BlockKind, Notice
from dialogs.model.records import Recorded
from rubric.library.library import Library
from rubric.model.indicators import Indicator
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.scoring.scorecard import Scorecard


@dataclass(slots=True)
class Scene:
    """One turn in the making. `told` is shown above the next screen; `restores` becomes one undo step.

    `code` is an invitation that was made in this turn: nobody can show it later.
    """

    dossier: Dossier
    library: Library
    now: datetime
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    messages: list[Block] = field(default_factory=list)
    restores: list[Restore] = field(default_factory=list)
    code: str = ""

    @property
    def talk(self) -> Conversation:
        return self.dossier.conversation

    @property
    def words(self) -> Words:
        return words_of(self.talk.locale)

    @property
    def organisation(self) -> Organisation:
        """The organisation being worked on. Raises KeyError where none is yet."""
        return self.dossier.organisations[self.talk.organisation or ""]

    @property
    def case(self) -> Case:
        """The case being worked on. Raises KeyError where none is yet."""
        return self.dossier.cases[self.talk.case or ""]

    @property
    def has_case(self) -> bool:
        return self.talk.case in self.dossier.cases

    @property
    def certification(self) -> Certification:
        """The certification being looked at. Raises KeyError where there is none."""
        return self.dossier.certifications[self.talk.draft.get("certification", "")]

    @property
    def has_certification(self) -> bool:
        return self.talk.draft.get("certification") in self.dossier.certifications

    @property
    def today(self) -> date:
        """The contact's own date."""
        return self.dossier.today or self.now.date()

    @property
    def scheme(self) -> Scheme:
        return self.library.pinned(self.case)

    @property
    def text(self) -> SchemeText:
        return self.library.pinned_text(self.case, self.talk.locale)

    @property
    def indicator(self) -> Indicator:
        """The indicator under the cursor."""
        return self.scheme.by_id[self.talk.cursor]

    def members(self, group: str) -> list[Indicator]:
        """The indicators in or below the group that are asked as things stand, in order."""
        return [one for one in self.scheme.members(group) if one.id not in self.card.not_asked]

    def is_gone(self, place: Place) -> bool:
        """Whether it is a question that the case does not ask, or not any more."""
        return place.state.startswith("scoring.") and place.cursor not in self.card.line_of

    @property
    def in_passing(self) -> bool:
        """Whether this is looked at, or corrected, beside the walk, which then goes on where it stood."""
        return self.talk.state not in MAIN or "detour" in self.talk.draft

    @property
    def shows_questions(self) -> bool:
        """Whether the questions may be gone about in: there is a case, and no condition stands before it."""
        return self.has_case and self.talk.main.state not in {"ineligible", "scheme"}

    @property
    def card(self) -> Scorecard:
        """The case graded as it stands."""
        return self.case.graded(self.scheme)

    def add_message(self, key: str, kind: BlockKind = "notice", **values: object) -> None:
        """Put a sentence above the next screen."""
        self.messages.append(Block(kind, self.words(key, **values)))

    def apply_event(self, event: Event) -> None:
        """Let something have happened: the dossier follows, the shell will store it."""
        apply(self.dossier, event)
        self.events.append(event)

    def record(self, kind: type[Recorded], key: str, value: Any) -> bool:
        """Record `value` (None takes it back) in what is being worked on; whether that changed anything."""
        file = self.certification if kind.field in CERTIFYING else self.case
        previous = getattr(file, kind.field).get(key)
        if previous == value and type(previous) is type(value):
            return False
        self.apply_event(kind(file.id, key, value, previous))
        self.restores.append(Restore(file.id, kind.field, key, value, previous))
        return True

    def change_field(self, field: str, value: str) -> None:
        """Change a field of the organisation being worked on."""
        organisation = self.organisation
        previous = getattr(organisation, field)
        if previous != value:
            self.apply_event(OrganisationChanged(organisation.id, field, value))  # type: ignore[arg-type]
            self.restores.append(Restore(organisation.id, "organisation", field, value, previous))

    def keep_undo(self, place: Place) -> None:
        """Make what this turn recorded one step that undo takes back."""
        if self.restores:
            self.talk.undo = [*self.talk.undo[1 - MOST_UNDO :], UndoStep(place, tuple(self.restores))]

    def fire(self, trigger: str) -> None:
        """Go on as the table says. The path walked grows by the place that was left."""
        left = self._left()
        fire(self.talk, trigger, scene=self)
        self._walk(left)

    def open(self, place: Place, *, back: bool = False) -> None:
        """Go to `place` directly; `back` where the path already led through it."""
        left = self._left()
        fire(self.talk, "open", scene=self, to=place)
        self.talk.cursor = place.cursor
        self._walk(None if back else left)

    def work_on(self, organisation: str | None, case: str | None) -> None:
        """Turn to another case, or to none yet: path, undo and draft of the one before mean nothing there."""
        talk = self.talk
        talk.organisation, talk.case = organisation, case
        talk.path, talk.undo, talk.draft = [], [], {}
        self.restores = []

    def back(self) -> None:
        """Go to where the talk stood before, along the path walked; stay at its beginning."""
        if self.in_passing:
            self.open(self.above, back=True)
            return
        while self.talk.path:
            place = self.talk.path.pop()
            if self.leads_back_to(place):
                self.open(place, back=True)
                return

    @property
    def above(self) -> Place:
        """From where the screen beside the walk is looked at."""
        state, _, cursor = self.talk.draft.get("return", "").partition(" ")
        if self.talk.state in {"when", "entry"} and state:
            return Place(state, cursor)
        if self.talk.place == Place("certificate", "grade"):
            return Place("certificate")
        return Place(ABOVE[self.talk.state]) if self.talk.state in ABOVE else self.talk.main

    def leads_back_to(self, place: Place) -> bool:
        """Whether back may stop at `place`: another one than here, at which something can be put differently."""
        if place == self.talk.place or place.state in {"agreement", "scheme"}:
            return False
        if self.has_case and self.is_gone(place):
            return False
        return self.has_case or place.state == "organisation"

    def _left(self) -> Place | None:
        """The place that the path grows by when it is left: none that is looked at in passing."""
        return None if self.in_passing else self.talk.place

    def _walk(self, left: Place | None) -> None:
        self._stand()
        path = self.talk.path
        if left is not None and path[-1:] != [left]:
            self.talk.path = [*path[1 - MOST_PATH :], left]

    def _stand(self) -> None:
        """Drop what only meant something where the talk stood before."""
        talk = self.talk
        if talk.state not in POINTING:
            talk.cursor = ""
        if talk.state not in DETOURS:
            talk.draft.pop("detour", None)
        if "detour" in talk.draft:
            return
        for key, states in DRAFTS.items():
            if not talk.state.startswith(states):
                talk.draft.pop(key, None)
        if not self.in_passing:
            talk.main = talk.place
