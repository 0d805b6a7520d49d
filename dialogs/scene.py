"""What a step works with: the talk as it stands in this turn, and the few ways in which a step may change it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.apply import apply
from dialogs.conversation import MOST_PATH, MOST_UNDO, Conversation, Place, Restore, UndoStep
from dialogs.dossier import Case, Dossier, Organisation
from dialogs.events import Event, Recorded
from dialogs.machine import fire
from dialogs.messages import Attachment, Block, BlockKind, Notice
from dialogs.table import MAIN
from dialogs.text import Words, words_of
from rubric.library import Library
from rubric.model import Indicator, Scheme
from rubric.score import Scorecard, score
from rubric.texts import SchemeText

# States whose cursor says what they are about.
POINTING = (
    "organisation",
    "eligibility",
    "ineligible",
    "scoring.question",
    "scoring.sample",
    "scoring.reason",
    "scoring.evidence",
    "deductions.note",
    "breakdown",
)
# What a draft key means holds only within states that begin like this.
DRAFTS: dict[str, tuple[str, ...]] = {
    "detour": ("organisation", "eligibility", "ineligible"),
    "walk": ("scoring.", "menu", "help", "sections"),
    "scope": ("scoring.reason",),
    "guide": ("scoring.question", "scoring.sample", "help"),
    "claim": ("bonus",),
}


@dataclass(slots=True)
class Scene:
    """One turn in the making. `told` is shown above the next screen; `restores` becomes one undo step."""

    dossier: Dossier
    library: Library
    now: datetime
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    told: list[Block] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    restores: list[Restore] = field(default_factory=list)
    _card: Scorecard | None = None

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
    def scheme(self) -> Scheme:
        return self.library.version(self.case.scheme, self.case.version)

    @property
    def text(self) -> SchemeText:
        return self.library.text(self.case.scheme, self.talk.locale)

    @property
    def indicator(self) -> Indicator:
        """The indicator under the cursor."""
        return self.scheme.by_id[self.talk.cursor]

    @property
    def in_passing(self) -> bool:
        """Whether this is looked at, or corrected, beside the walk, which then goes on where it stood."""
        return self.talk.state not in MAIN or "detour" in self.talk.draft

    @property
    def card(self) -> Scorecard:
        """The case graded as it stands, computed once between two changes."""
        if self._card is None:
            self._card = score(self.scheme, self.case.sheet())
        return self._card

    def tell(self, key: str, kind: BlockKind = "notice", **values: object) -> None:
        """Put a sentence above the next screen."""
        self.told.append(Block(kind, self.words(key, **values)))

    def happen(self, event: Event) -> None:
        """Let something have happened: the dossier follows, the shell will store it."""
        apply(self.dossier, event)
        self.events.append(event)
        self._card = None

    def record(self, kind: type[Recorded], key: str, value: Any, *, undoable: bool = True) -> bool:
        """Record `value` (None takes it back) in the case being worked on; whether that changed anything."""
        case = self.case
        previous = getattr(case, kind.field).get(key)
        if previous == value and type(previous) is type(value):
            return False
        self.happen(kind(case.id, key, value, previous))
        if undoable:
            self.restores.append(Restore(case.id, kind.field, key, value, previous))
        return True

    def keep_undo(self, place: Place) -> None:
        """Make what this turn recorded one step that undo takes back."""
        if self.restores:
            self.talk.undo = [*self.talk.undo[1 - MOST_UNDO :], UndoStep(place, tuple(self.restores))]

    def fire(self, trigger: str, **context: Any) -> bool:
        """Go on; whether the table knows a way. The path walked grows by the place that was left."""
        left = self.talk.place
        moved = fire(self.talk, trigger, scene=self, **context)
        if moved:
            self._walk(left)
        return moved

    def open(self, place: Place, *, back: bool = False) -> None:
        """Go to `place` directly; `back` where the path already led through it."""
        left = self.talk.place
        fire(self.talk, "open", scene=self, to=place)
        self.talk.cursor = place.cursor
        if back:
            self._stand()
        else:
            self._walk(left)

    def back(self) -> bool:
        """Go to where the talk stood before, along the path walked; False at its beginning."""
        if self.in_passing:
            self.open(self.talk.main, back=True)
            return True
        while self.talk.path:
            place = self.talk.path.pop()
            if self.leads_back_to(place):
                self.open(place, back=True)
                return True
        return False

    def _walk(self, left: Place) -> None:
        self._stand()
        path = self.talk.path
        if left.state in MAIN and left != self.talk.place and (not path or path[-1] != left):
            self.talk.path = [*path[1 - MOST_PATH :], left]

    def _stand(self) -> None:
        """Drop what only meant something where the talk stood before."""
        talk = self.talk
        if talk.state not in POINTING:
            talk.cursor = ""
        for key, states in DRAFTS.items():
            if not talk.state.startswith(states):
                talk.draft.pop(key, None)
        if not self.in_passing:
            talk.main = talk.place

    def leads_back_to(self, place: Place) -> bool:
        """Whether back may stop at `place`: another one than here, which still exists."""
        if place == self.talk.place:
            return False
        if place.state.startswith("scoring."):
            return self.has_case and place.cursor in self.scheme.by_id
        if place.state in {"language", "agreement"}:
            return False
        return self.has_case or place.state == "organisation"
