"""The transitions between the states of the conversation, as data.

Questions are not states; the cursor says which one is asked. A row applies where its trigger is fired in one of its
sources and its guard (a name in `dialogs/flow/guards.py`) holds; the first such row counts. `open` leads to any
place: back, jumps, undo and resuming use it.
"""

from typing import NamedTuple

FIRST_STATE = "language"
QUESTION_STATES = ("scoring.question", "scoring.sample", "scoring.reason")

# Called when a state is entered (names in `dialogs/flow/guards.py`): sets the cursor.
ENTRY_CALLBACKS = {
    "organisation": "take_next_field",
    "eligibility": "take_next_condition",
    "scoring.question": "take_next_question",
}


class DraftScope(NamedTuple):
    """Where a draft key has a meaning: in states that begin like one of `prefixes`, and `aside` outside the walk."""

    prefixes: tuple[str, ...]
    aside: bool = False


DRAFT_SCOPES = {
    "sampled": DraftScope(("scoring.sample",)),
    "scope": DraftScope(("scoring.reason",)),
    "guide": DraftScope(("scoring.",), aside=True),
    "changes": DraftScope(("version",)),
    "walk": DraftScope(("scoring.",), aside=True),
    "rest": DraftScope(("organisation", "eligibility", "ineligible", "scoring."), aside=True),
    "claim": DraftScope(("bonus",), aside=True),
    "item": DraftScope(("reminder", "handover", "when")),
    "filling": DraftScope(("certificate", "when", "entry")),
    "chain": DraftScope(("finding", "when", "entry")),
    "about": DraftScope(("when", "entry")),
    "detail": DraftScope(("when", "entry")),
    "day": DraftScope(("when",)),
    "reason": DraftScope(("when", "entry")),
    "return": DraftScope(("when", "entry")),
}


class TransitionRow(NamedTuple):
    trigger: str
    sources: tuple[str, ...]
    dest: str
    guard: str = ""


TRANSITIONS = (
    TransitionRow("advance", ("language",), "agreement"),
    TransitionRow("advance", ("agreement",), "organisation"),
    TransitionRow("advance", ("organisation",), "scoring.question", "corrects_a_question"),
    TransitionRow("advance", ("organisation",), "profile", "corrects_the_profile"),
    TransitionRow("advance", ("organisation",), "scheme", "scheme_is_undecided"),
    TransitionRow("advance", ("organisation", "scheme"), "organisation", "has_next_field"),
    TransitionRow("advance", ("organisation", "scheme"), "eligibility", "has_next_condition"),
    TransitionRow("advance", ("organisation", "scheme"), "scoring.question"),
    TransitionRow("advance", ("eligibility",), "ineligible", "condition_blocks"),
    TransitionRow("advance", ("eligibility", "ineligible"), "review", "corrects_the_review"),
    TransitionRow("advance", ("eligibility", "ineligible"), "eligibility", "has_next_condition"),
    TransitionRow("advance", ("eligibility", "ineligible"), "scoring.question"),
    TransitionRow("ask_sample", ("scoring.question",), "scoring.sample"),
    TransitionRow("ask_reason", ("scoring.question",), "scoring.reason"),
    TransitionRow("advance", QUESTION_STATES, "scoring.question", "has_next_question"),
    TransitionRow("advance", QUESTION_STATES, "review", "is_filling_gaps"),
    TransitionRow("advance", QUESTION_STATES, "deductions"),
    TransitionRow("ask_note", ("deductions",), "deductions.note"),
    TransitionRow("advance", ("deductions.note",), "deductions"),
    TransitionRow("advance", ("deductions",), "bonus", "bonus_is_offered"),
    TransitionRow("advance", ("deductions",), "review"),
    TransitionRow("advance", ("bonus",), "review"),
    TransitionRow("submit", ("review",), "confirm"),
    TransitionRow("submit", ("confirm",), "grade"),
    TransitionRow("certify", ("grade",), "certification"),
    TransitionRow("erase", ("erase",), "erased"),
)
