"""The fullest case there can be still fits: every screen into one message, every label onto its button."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.reminders.planner import MOST_PER_MESSAGE
from dialogs.engine.turn import current_screen, take_turn
from dialogs.flow.prompts import LONGEST_TEXT_ANSWER
from dialogs.flow.stage_table import STAGES
from dialogs.flow.states import STATES
from dialogs.language.catalogue import LOCALES, find_catalogue, sentences
from dialogs.model.certification import Certification
from dialogs.model.conversation import Place
from dialogs.model.dossier import Case, Dossier
from dialogs.model.messages import ButtonPress, Notice, Screen, TextInput
from dialogs.model.reminder_log import ReminderKey, ReminderLog, SentReminder
from dialogs.model.reminder_preferences import ReminderPreferences
from dialogs.model.values import Evidence, Nonconformity, SurveillanceRecord
from dialogs.steps.base import LONGEST_BUTTON_LABEL, LONGEST_DESCRIPTION
from dialogs.steps.scoring.deductions import MOST_DEDUCTIONS
from dialogs.steps.scoring.evidence import LONGEST_NOTE
from dialogs.steps.scoring.indicator_step import MOST_FILES
from rubric.certificate.documents import DocumentRecord
from rubric.model.answers import Answer, NotApplicable, Sampled, SpecialDeduction, Unmet
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player

LONGEST_MESSAGE = 4096
EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)
LONGEST_BUTTON_ID = 48
CURSORS = {
    "organisation": ["name", "credit_code", "trade", "province", "staff"],
    "eligibility": ["legal_status", "means"],
    "ineligible": ["legal_status", "record"],
    "scoring.question": ["5.1.1.1", "5.1.2.2", "5.2.1.1"],
    "scoring.sample": ["5.1.1.2"],
    "scoring.reason": ["5.2.1.1"],
    "scoring.evidence": ["5.1.1.1"],
    "deductions.note": ["law"],
    "breakdown": ["5.1", "5.2", "5.3"],
    "certificate": ["", "grade"],
    "material": ["licence"],
    "finding": ["000000000000", "gone"],
    "reminder": ["7", "gone"],
    "handover": ["7"],
    "reminders": ["", "hours", "stages"],
}
ASKED = {
    "when": [("stage", "accept"), ("finding_due", "000000000000")],
    "entry": [("finding_cause", "000000000000")],
}
DAY = date(2026, 3, 1)
PLACES = [Place(state, cursor) for state in STATES for cursor in CURSORS.get(state, [""])]


def filled(case: Case, player: Player) -> Case:
    """Everything given, as long as it may be."""
    scheme = player.world.library.version(case.scheme, case.version)
    reason = "因" * LONGEST_DESCRIPTION
    evidence = {
        f"{one.id}-{n:012}": Evidence(one.id, f"{n}{'长' * 245}.pdf", "application/pdf", 1, f"{n}")
        for one in scheme.indicators
        for n in range(MOST_FILES)
    }
    return replace(
        case,
        figures=dict.fromkeys(case.figures, 99_999_999) | {"service_managers": 100_000_000, "staff": 1},
        eligibility={question.id: "unmet" for question in scheme.eligibility},
        answers={
            one.id: NotApplicable(reason) if one.deletable else Sampled(9**9, 9**8)
            for one in scheme.indicators
        },
        notes={one.id: "注" * LONGEST_NOTE for one in scheme.indicators},
        evidence=evidence,
        deductions={f"{n:012}": SpecialDeduction("own_rules", reason) for n in range(MOST_DEDUCTIONS)},
        bonus={"": reason},
        rehearsal={"": True},
        answered_by={one.id: "c2" for one in scheme.indicators},
    )


def certified(player: Player) -> Certification:
    """A certification with all that can be recorded of one."""
    case = player.case
    texts = dict.fromkeys(("number", "body", "scope"), "证" * LONGEST_TEXT_ANSWER)
    cause = "因" * LONGEST_TEXT_ANSWER
    finding = Nonconformity("5.1.3.1", cause, "", cause, cause, cause, DAY, cause)
    body = player.world.library.bodies.body("default")
    return Certification(
        "z" * 32,
        case.organisation,
        case.scheme,
        case.version,
        case.checksum,
        case.opened_at,
        stage={"": "certified"},
        reached=dict.fromkeys(STAGES, DAY),
        reasons={"suspend": "因" * LONGEST_TEXT_ANSWER},
        keeper={"": "c1"},
        certificate={**texts, "grade": "5-star"},
        dates={"issued": DAY},
        surveillances={f"2026-1{n}-01": SurveillanceRecord(date(2026, 10 + n, 1)) for n in range(2)},
        materials={one.id: DocumentRecord(True, DAY, "王" * LONGEST_TEXT_ANSWER) for one in body.materials},
        papers={f"{n:012}": Evidence("licence", "长" * 200, "application/pdf", 1, f"{n}") for n in range(5)},
        findings={f"{n:012}": finding for n in range(60)},
    )


def reminded(certification: Certification) -> ReminderLog:
    """A letter with as many things as one can have, and a colleague."""
    told = tuple(
        SentReminder(ReminderKey(certification.id, f"action:{n:012}", "due", DAY), "7", "c1", EVENING, "sent")
        for n in range(MOST_PER_MESSAGE)
    )
    colleagues = {f"c{n}": "王" * 200 for n in range(1, 6)}
    return ReminderLog(ReminderPreferences(), told, member_names={certification.organisation: colleagues})


def fullest(locale: str, *, answered: bool) -> Dossier:
    li = prepared_talks.begun().players["c1"]
    dossier = li.dossier()
    case = filled(li.case, li)
    still_open: dict[str, Answer] = {key: Unmet() for key in ("5.1.1.1", "5.1.1.2")}
    copies = [replace(case, id=f"{number:032}") for number in range(30)]
    organisation = replace(li.organisation, name="企" * 100, trade="业" * 40)
    notices = [_overruled(indicator) for indicator in case.answers]
    case = case if answered else replace(case, answers=still_open, deductions={}, bonus={})
    certification = certified(li)
    draft = {"certification": certification.id}
    return replace(
        dossier,
        certifications={certification.id: certification},
        reminder_log=reminded(certification),
        conversation=replace(dossier.conversation, locale=locale, draft=draft),
        organisations={organisation.id: organisation},
        cases={one.id: one for one in (*copies, replace(case, id=li.case.id))},
        notices=(*notices[:4], *notices),
        contact_names={"c2": "王" * 40},
    )


def _overruled(indicator: str) -> Notice:
    values = {
        "by": "王" * 40,
        "organisation": "企" * 100,
        "indicator": indicator,
        "answer": "na",
        "reason": "因" * 80,
    }
    return Notice("c1", "overruled", values)


def fits(screen: Screen) -> None:
    assert len(screen.text) <= LONGEST_MESSAGE, f"{screen.state}: {len(screen.text)}"
    for one in (one for row in screen.buttons for one in row):
        assert len(one.id.encode()) <= LONGEST_BUTTON_ID, one.id
        assert 0 < len(one.label) <= LONGEST_BUTTON_LABEL, one.label


@pytest.mark.parametrize("answered", [True, False], ids=["answered", "open"])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.state}-{place.cursor}")
def test_the_fullest_case_fits_on_every_screen(place: Place, locale: str, answered: bool) -> None:
    dossier = fullest(locale, answered=answered)
    talk = dossier.conversation
    talk.state, talk.cursor = place
    for about, detail in ASKED.get(place.state, [("", "")]):
        talk.draft |= {"about": about, "detail": detail}
        fits(current_screen(dossier, prepared_talks.one_scheme(), prepared_talks.begun().now))


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_told_of_the_last_input_fits_above_the_next_screen(locale: str) -> None:
    dossier = fullest(locale, answered=True)
    fresh = prepared_talks.begun().fresh()
    for state, cursor, inbound in (
        ("scoring.question", "5.1.1.1", ButtonPress("answer:met")),
        ("scoring.question", "5.1.1.1", ButtonPress("guide")),
        ("scoring.reason", "5.2.1.1", TextInput("因" * LONGEST_DESCRIPTION)),
        ("organisation", "staff", TextInput("2")),
        ("organisation", "service_managers", TextInput("99999999")),
        ("deductions.note", "law", TextInput("因" * LONGEST_DESCRIPTION)),
        ("scoring.evidence", "5.1.1.1", TextInput("注" * LONGEST_NOTE)),
        ("confirm", "", ButtonPress("nav:submit")),
    ):
        given = replace(
            dossier, new_ids=fresh, conversation=replace(dossier.conversation, state=state, cursor=cursor)
        )
        *_, screen = take_turn(
            given, inbound, prepared_talks.one_scheme(), prepared_talks.begun().now
        ).replies
        assert isinstance(screen, Screen)
        fits(screen)


def test_a_problem_fits_into_a_message() -> None:
    li = prepared_talks.begun().players["c1"]
    for text in ("x" * 2001, "5." * 400 + "5", "9" * 1999, "😀" * 2000):
        li.say(text)
        assert li.problem is not None
        assert len(li.problem.message) <= 1000


@pytest.mark.parametrize("locale", LOCALES)
def test_every_label_of_the_catalogue_fits_without_being_cut(locale: str) -> None:
    labels = {
        key: text
        for key, text in sentences(locale).items()
        if key.startswith("button.")
        and not [field for _, field, *_ in string.Formatter().parse(text) if field]
    }
    assert {key: text for key, text in labels.items() if len(text) > LONGEST_BUTTON_LABEL} == {}
    assert len(labels) > 30


def test_a_long_name_is_cut_on_its_button_and_whole_where_it_is_shown() -> None:
    li = prepared_talks.opened().players["c1"].agree()
    name = "星河" * 50
    li.say(name)
    assert li.organisation.name == name
    li.press("nav:menu", "organisations")
    label = li.label(f"org:{li.organisation.id}")
    assert label.endswith("…")
    assert len(label) == LONGEST_BUTTON_LABEL


def test_many_notices_of_one_person_are_told_in_one_sentence() -> None:
    dossier = fullest("zh-Hans", answered=True)
    screen = current_screen(dossier, prepared_talks.one_scheme(), prepared_talks.begun().now)
    told = [block.text for block in screen.blocks if block.kind == "notice"]
    many = find_catalogue("zh-Hans")(
        "notice.overruled_many", by="王" * 40, organisation="企" * 100, number=47, indicators=""
    )
    assert told[0].startswith(many[:100])
    assert len(told) == 1


def test_only_so_many_findings_can_be_listed() -> None:
    li = prepared_talks.begun().players["c1"]
    li.press("nav:review", "to:deductions")
    for number in range(MOST_DEDUCTIONS):
        li.press("deduction:law").say(f"第{number}处违反广告法")
    assert not any(button.startswith("deduction:") for button in li.buttons)
    li.press(next(button for button in li.buttons if button.startswith("withdraw:")))
    assert li.screen.has_button("deduction:law")
