"""The talk as data: its states, and what may follow what. Questions are not states; the cursor says which one.

A row fires where its trigger comes in one of its sources and its guard (a name in `dialogs/flow/guards.py`) holds; of
several the first. `open` leads to any place that may be opened, which is how back, jumps, undo and resuming go.
"""

from typing import NamedTuple

QUESTIONING = ("scoring.question", "scoring.sample", "scoring.reason")

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
MAIN = (
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
ASIDE = (
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
POINTING = (
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
DRAFTS: dict[str, tuple[str, ...]] = {
    "sampled": ("scoring.sample",),
    "scope": ("scoring.reason",),
    "guide": ("scoring.", *ASIDE),
    "changes": ("version",),
    "walk": ("scoring.", *ASIDE),
    "rest": ("organisation", "eligibility", "ineligible", "scoring.", *ASIDE),
    "claim": ("bonus", *ASIDE),
    "item": ("reminder", "handover", "when"),
    "filling": ("certificate", "when", "entry"),
    "chain": ("finding", "when", "entry"),
    "about": ("when", "entry"),
    "detail": ("when", "entry"),
    "day": ("when",),
    "reason": ("when", "entry"),
    "return": ("when", "entry"),
}
DETOURS = ("organisation", "eligibility", "ineligible")

# From which screen beside the walk another one is looked at, so that back leads there.
ABOVE = {
    "material": "materials",
    "finding": "findings",
}

# Called when a state is entered (names in `dialogs/flow/guards.py`): sets the cursor.
ENTER = {
    "organisation": "take_next_field",
    "eligibility": "take_next_condition",
    "scoring.question": "take_next_question",
}


class Row(NamedTuple):
    trigger: str
    sources: tuple[str, ...]
    dest: str
    guard: str = ""


ROWS = (
    Row("advance", ("language",), "agreement"),
    Row("advance", ("agreement",), "organisation"),
    Row("advance", ("organisation",), "scoring.question", "corrects_a_question"),
    Row("advance", ("organisation",), "profile", "corrects_the_profile"),
    Row("advance", ("organisation",), "scheme", "scheme_is_open"),
    Row("advance", ("organisation", "scheme"), "organisation", "field_is_left"),
    Row("advance", ("organisation", "scheme"), "eligibility", "condition_is_left"),
    Row("advance", ("organisation", "scheme"), "scoring.question"),
    Row("advance", ("eligibility",), "ineligible", "condition_blocks"),
    Row("advance", ("eligibility", "ineligible"), "review", "corrects_the_review"),
    Row("advance", ("eligibility", "ineligible"), "eligibility", "condition_is_left"),
    Row("advance", ("eligibility", "ineligible"), "scoring.question"),
    Row("ask_sample", ("scoring.question",), "scoring.sample"),
    Row("ask_reason", ("scoring.question",), "scoring.reason"),
    Row("advance", QUESTIONING, "scoring.question", "question_is_left"),
    Row("advance", QUESTIONING, "review", "fills_gaps"),
    Row("advance", QUESTIONING, "deductions"),
    Row("ask_note", ("deductions",), "deductions.note"),
    Row("advance", ("deductions.note",), "deductions"),
    Row("advance", ("deductions",), "bonus", "bonus_is_offered"),
    Row("advance", ("deductions",), "review"),
    Row("advance", ("bonus",), "review"),
    Row("submit", ("review",), "confirm"),
    Row("submit", ("confirm",), "grade"),
    Row("certify", ("grade",), "certification"),
    Row("erase", ("erase",), "erased"),
    *(Row("open", STATES, state, "leads_here") for state in STATES),
)
