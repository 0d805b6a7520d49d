"""What a step reads in this turn: the conversation, the open organisation, its case and its certification.

`recorder` records what happened, `navigator` moves the conversation on.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from dialogs.flow.states import STATES
from dialogs.language.catalogue import Catalogue, find_catalogue
from dialogs.model.certification import Certification
from dialogs.model.conversation import Conversation, Place, UndoEntry
from dialogs.model.dossier import Case, Dossier, Organisation
from dialogs.model.events import Event
from dialogs.model.messages import Block, BlockKind, Notice
from rubric import Indicator, Library, Scheme, SchemeText, Scorecard

Need = Literal["nothing", "organisation", "case", "certification", "certificate"]
"""What must be open for something to be shown or done; a case and a certification come with their organisation."""


@dataclass(slots=True)
class Scene:
    """The working state of one turn.

    `messages` are shown above the next screen; `undo_entries` become one undo step. `invitation_code` is a code made in
    this turn: it is not stored and cannot be shown later.
    """

    dossier: Dossier
    library: Library
    now: datetime
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    messages: list[Block] = field(default_factory=list)
    undo_entries: list[UndoEntry] = field(default_factory=list)
    invitation_code: str = ""

    @property
    def talk(self) -> Conversation:
        return self.dossier.conversation

    @property
    def words(self) -> Catalogue:
        return find_catalogue(self.talk.locale)

    @property
    def organisation(self) -> Organisation:
        """The open organisation. Raises KeyError where there is none."""
        return self.dossier.organisations[self.talk.organisation or ""]

    @property
    def case(self) -> Case:
        """The open case. Raises KeyError where there is none."""
        return self.dossier.cases[self.talk.case or ""]

    @property
    def has_case(self) -> bool:
        return self.talk.case in self.dossier.cases

    @property
    def certification(self) -> Certification:
        """The open certification. Raises KeyError where there is none."""
        return self.dossier.certifications[self.talk.draft.get("certification", "")]

    @property
    def has_certification(self) -> bool:
        return self.talk.draft.get("certification") in self.dossier.certifications

    def has(self, need: Need) -> bool:
        """Return whether what is needed is open."""
        organisation = self.talk.organisation in self.dossier.organisations
        match need:
            case "nothing":
                return True
            case "organisation":
                return organisation
            case "case":
                return organisation and self.has_case
            case "certification":
                return organisation and self.has_certification
            case "certificate":
                return organisation and self.has_certification and self.certification.is_certified

    @property
    def today(self) -> date:
        """The date in the contact's time zone."""
        return self.dossier.today or self.now.date()

    @property
    def scheme(self) -> Scheme:
        return self.library.pinned_scheme(self.case)

    @property
    def text(self) -> SchemeText:
        return self.library.pinned_text(self.case, self.talk.locale)

    @property
    def indicator(self) -> Indicator:
        """The indicator under the cursor."""
        return self.scheme.indicator_by_id[self.talk.cursor]

    def asked_indicators(self, group: str) -> list[Indicator]:
        """Return the indicators in or below the group that are asked at present, in order."""
        return [one for one in self.scheme.indicators_below(group) if one.id not in self.scorecard.not_asked]

    def is_not_asked(self, place: Place) -> bool:
        """Return whether the place is a question that the case does not ask."""
        return place.state.startswith("scoring.") and place.cursor not in self.scorecard.line_by_indicator

    @property
    def is_outside_walk(self) -> bool:
        """Whether the present screen is outside the main walk, which continues at `main_place` afterwards."""
        return STATES[self.talk.state].role != "walk" or "detour" in self.talk.draft

    @property
    def can_show_questions(self) -> bool:
        """Whether the questions can be opened: there is a case, and no condition blocks it."""
        return self.has_case and self.talk.main_place.state not in {"ineligible", "scheme"}

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard of the open case."""
        return self.case.compute_scorecard(self.scheme)

    def add_message(self, key: str, kind: BlockKind = "notice", **values: object) -> None:
        """Put a sentence above the next screen."""
        self.messages.append(Block(kind, self.words(key, **values)))
