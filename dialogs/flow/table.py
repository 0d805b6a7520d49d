"""The talk as data: its states, and what may follow what. Questions are not states; the cursor says which one.

A row fires where its trigger comes in one of its sources and its guard (a name in `dialogs/flow/guards.py`) holds; of
several the first. `open` leads to any place that may be opened, which is how back, jumps, undo and resuming go.
"""

from typing import NamedTuple

QUESTION_STATES = ("scoring.question", "scoring.sample", "scoring.reason")

STATES = (
    "language",
    "agreement",
    "invitation.join",
    "organisation",
    "scheme",
    "eligibility",
    "ineligible",
    "scoring.question",
    "scoring.sample",
    "scoring.reason",
    "scoring.evidence",
    "deductions",
    "deductions.note",
    "bonus",
    "review",
    "confirm",
    "grade",
    "menu",
    "help",
    "sections",
    "paused",
    "profile",
    "organisations",
    "invitation",
    "compare",
    "companions",
    "breakdown",
    "erase",
    "erased",
    "certification",
    "certifications",
    "bodies",
    "certificate",
    "calendar",
    "materials",
    "material",
    "findings",
    "finding",
    "estimate",
    "refresh",
    "when",
    "entry",
    "reminder",
    "handover",
    "reminders",
    "version",
)

# What the walk consists of: where back leads, and where a break is resumed.
MAIN_STATES = (
    "agreement",
    "organisation",
    "scheme",
    "eligibility",
    "ineligible",
    "scoring.question",
    "deductions",
    "bonus",
    "review",
    "grade",
    "certification",
)

# The screens beside it, from which the walk goes on where it stood.
SIDE_STATES = (
    "language",
    "invitation.join",
    "confirm",
    "menu",
    "help",
    "sections",
    "paused",
    "profile",
    "organisations",
    "invitation",
    "compare",
    "companions",
    "breakdown",
    "erase",
    "erased",
    "certifications",
    "bodies",
    "certificate",
    "calendar",
    "materials",
    "material",
    "findings",
    "finding",
    "estimate",
    "refresh",
    "when",
    "entry",
    "reminder",
    "handover",
    "reminders",
    "version",
)

# States whose cursor says what they are about.
STATES_WITH_CURSOR = (
    "organisation",
    "scheme",
    "eligibility",
    "ineligible",
    "scoring.question",
    "scoring.sample",
    "scoring.reason",
    "scoring.evidence",
    "deductions.note",
    "help",
    "breakdown",
    "certificate",
    "material",
    "finding",
    "reminder",
    "handover",
    "reminders",
)
# What a draft key means holds only in states that begin like this, and in a detour from there.
DRAFT_STATES: dict[str, tuple[str, ...]] = {
    "sampled": ("scoring.sample",),
    "scope": ("scoring.reason",),
    "guide": ("scoring.", *SIDE_STATES),
    "changes": ("version",),
    "walk": ("scoring.", *SIDE_STATES),
    "rest": ("organisation", "eligibility", "ineligible", "scoring.", *SIDE_STATES),
    "claim": ("bonus", *SIDE_STATES),
    "item": ("reminder", "handover", "when"),
    "filling": ("certificate", "when", "entry"),
    "chain": ("finding", "when", "entry"),
    "about": ("when", "entry"),
    "detail": ("when", "entry"),
    "day": ("when",),
    "reason": ("when", "entry"),
    "return": ("when", "entry"),
}
DETOUR_STATES = ("organisation", "eligibility", "ineligible")

# From which screen beside the walk another one is looked at, so that back leads there.
PARENT_STATES = {
    "material": "materials",
    "finding": "findings",
}

# Called when a state is entered (names in `dialogs/flow/guards.py`): sets the cursor.
ENTRY_CALLBACKS = {
    "organisation": "take_next_field",
    "eligibility": "take_next_condition",
    "scoring.question": "take_next_question",
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
    *(TransitionRow("open", STATES, state, "is_destination") for state in STATES),
)
