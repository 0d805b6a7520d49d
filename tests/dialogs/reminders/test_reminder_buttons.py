"""The buttons of a reminder act on what it is about, whatever the talk has open when they are pressed."""

from datetime import date

import pytest

from dialogs.model.messages import ReminderPress
from dialogs.model.reminder_log import ReminderKey, ReminderLog, SentReminder
from dialogs.reminders.schedule import coming_suspension
from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import TODAY, step, surveil
from tests.dialogs.player import Player

LETTER = "7"


@pytest.fixture
def reminded() -> Player:
    """Somebody with a reminder of the surveillance, who has begun to enter another organisation since."""
    world = prepared_talks.certified()
    li = world.players["c1"]
    key = ReminderKey(li.talk.draft["certification"], "surveillance-1", "due-30", date(2026, 11, 1))
    members = {organisation: {"c2": "王芳"} for organisation in world.organisations}
    world.ledger = ReminderLog(
        sent_reminders=(SentReminder(key, LETTER, "c1", world.now, "sent"),), member_names=members
    )
    return li.press("nav:menu", "organisations", "org:new")


def test_the_calendar_is_that_of_the_certificate_that_the_reminder_is_about(reminded: Player) -> None:
    (certified,) = reminded.world.certifications
    reminded.take(ReminderPress(LETTER, "calendar"))
    assert reminded.state == "calendar"
    assert reminded.certification.id == certified
    assert reminded.says("timeline.today")


def test_a_colleague_is_invited_to_the_organisation_that_the_reminder_is_about(reminded: Player) -> None:
    (organisation,) = reminded.world.organisations
    reminded.take(ReminderPress(LETTER, "react:pass")).press("invitation")
    assert reminded.state == "invitation"
    assert reminded.organisation.id == organisation


def test_a_suspension_right_after_a_surveillance_is_reminded_of() -> None:
    li = surveil(prepared_talks.certified().players["c1"], "2026-11-20").press("certification")
    step(li, "suspend")
    lifecycle = li.world.library.pinned_scheme(li.certification).lifecycle
    assert coming_suspension(li.certification, lifecycle, TODAY) == (TODAY, date(2027, 5, 23))


def test_a_reminder_of_a_paper_that_does_not_expire_any_more_is_settled(reminded: Player) -> None:
    (certified,) = reminded.world.certifications
    key = ReminderKey(certified, "material:service_managers", "due-30", date(2026, 11, 1))
    reminded.world.ledger = ReminderLog(
        sent_reminders=(SentReminder(key, LETTER, "c1", reminded.world.now, "sent"),)
    )
    assert reminded.take(ReminderPress(LETTER, "react:later")).says("reminder.settled")
