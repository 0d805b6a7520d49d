"""What the reminders promise: on time, once, in working hours, of what is true, to whoever sees to it."""

from datetime import UTC, datetime

import pytest

from bot.store import Store
from bot.store.engine import LostRaceError
from bot.store.reminders import agendas, messages
from dialogs.model.messages import ChatStart, CommandInput, Problem, ReminderPress
from tests.bot.reminders.simulation import Life, Person

pytestmark = pytest.mark.slow

DUE_30 = "2026-12-02"  # of a certificate issued on 2026-03-01, whose first surveillance is due on 2027-01-01


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


@pytest.fixture
def li(life: Life) -> Person:
    return life.person("李明").begins().records("2026年3月1日")


def sent(life: Life) -> list[str]:
    """The first lines of all that went out."""
    return [one.partition("\n")[0] for one in life.log]


def test_a_reminder_goes_out_at_the_contacts_hour_on_the_working_day(life: Life, li: Person) -> None:
    life.at("2026-11-30")
    assert sent(life) == ["2026-10-30 Fri 09:00 → 李明"]  # 1 November is a Sunday
    life.at(DUE_30)
    assert sent(life)[1:] == ["2026-12-02 Wed 09:00 → 李明"]
    assert li.told is not None
    assert "2027年1月1日前完成（还有30天）" in li.told.text
    assert "从2026年3月1日起算" in li.told.text


def test_nothing_is_said_twice_however_often_one_looks(life: Life, li: Person) -> None:
    life.at(DUE_30)
    before = len(life.log)
    for _ in range(5):
        with life.store.transaction() as db:
            agendas.wake_contacts(db, [one.contact for one, _ in agendas.list_contacts(db)], life.now)
        life.send_due()
    assert len(life.log) == before


def test_what_had_passed_when_the_certificate_was_recorded_is_not_said(life: Life) -> None:
    life.now = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
    life.person("李明").begins().records("2026年3月1日")
    life.at("2026-12-24")
    assert life.log == []
    life.at("2026-12-25")
    assert len(life.log) == 1


def test_after_a_week_off_there_is_one_catch_up_in_working_hours(life: Life, li: Person) -> None:
    life.at("2026-12-17")
    before = len(life.log)
    life.now = datetime(2026, 12, 26, 15, 0, tzinfo=UTC)  # a Saturday, 23:00; due-14 and due-7 have passed
    assert life.send_due() == []
    life.at("2026-12-28")
    assert sent(life)[before:] == ["2026-12-28 Mon 09:00 → 李明"]
    assert "还有4天" in life.log[-1]


def test_several_things_of_a_day_are_one_message(life: Life, li: Person) -> None:
    li.does(CommandInput("certification"), "certificate")
    li.does(CommandInput("organisations"))
    life.at("2026-11-02")
    li.does(CommandInput("certification"), "findings", "finding:new", "5.1.3.1", "没有专项经费")
    li.does("预算未列", "列入预算", "王芳", "2026年12月9日", "day:yes")
    before = len(life.log)
    life.at(DUE_30)
    assert len(life.log) == before + 1
    assert "提醒：有2件事" in life.log[-1]
    assert "没有专项经费" in life.log[-1]
    assert "第1次监督审核" in life.log[-1]


def test_what_is_done_is_not_said_any_more_and_the_calendar_is_reckoned_anew(life: Life, li: Person) -> None:
    life.at(DUE_30)
    li.reacts("react:done").does("day:2026-12-02")
    assert "后面的日期已重新计算" in li.text
    before = len(life.log)
    life.at("2027-07-30")
    assert len(life.log) == before
    life.at("2027-08-02")
    assert "第2次监督审核应在2027年10月2日前完成" in life.log[-1]


def test_later_is_kept_to_the_day(life: Life, li: Person) -> None:
    life.at("2026-10-30")
    li.reacts("react:later").does("2026年12月7日", "day:yes")
    before = len(life.log)
    life.at("2026-12-04")
    assert len(life.log) == before  # due-30 came in between
    life.at("2026-12-07")
    assert sent(life)[before:] == ["2026-12-07 Mon 09:00 → 李明"]


def test_a_corrected_slip_says_nothing_again(life: Life, li: Person) -> None:
    life.at(DUE_30)
    before = len(life.log)
    li.does(CommandInput("certification"), "certificate", "field:issued", "2026年3月3日", "day:yes")
    life.at("2026-12-17")
    assert len(life.log) == before
    life.at("2026-12-21")
    assert "2027年1月3日" in life.log[-1]


def test_a_muted_stage_is_left_out(life: Life, li: Person) -> None:
    li.does(CommandInput("reminders"), "reminders:stages", "stage:due-30")
    life.at("2026-12-17")
    assert sent(life) == ["2026-10-30 Fri 09:00 → 李明"]
    life.at("2026-12-18")
    assert len(life.log) == 2


@pytest.mark.parametrize(
    ("city", "zone", "first"),
    [
        ("柏林", "Europe/Berlin", "2026-10-30 Fri 07:00 → 李明"),
        ("洛杉矶", "America/Los_Angeles", "2026-10-30 Fri 07:00 → 李明"),
    ],
)
def test_the_hour_is_that_of_where_the_contact_is(
    life: Life, li: Person, city: str, zone: str, first: str
) -> None:
    li.does(CommandInput("reminders"), "reminders:zone", city, "reminders:hours", "7")
    li.zone = zone
    life.at("2027-04-10")
    assert sent(life)[0] == first
    assert {one.split()[2] for one in sent(life)} == {"07:00"}  # in winter and, from March on, in summer time


def test_nobody_reacting_the_colleagues_are_told_and_then_the_operators(life: Life, li: Person) -> None:
    wang = life.person("王芳")
    li.invites(wang)
    life.at("2026-12-24")
    assert all("李明" in one for one in sent(life))
    life.at("2026-12-25")
    assert [one for one in sent(life) if "2026-12-25" in one] == [
        "2026-12-25 Fri 09:00 → 李明",
        "2026-12-25 Fri 09:00 → 王芳",
    ]
    life.at("2027-01-14")
    assert not any("管理员" in one for one in sent(life))
    life.at("2027-01-15")
    assert any("2027-01-15" in one and "管理员" in one for one in sent(life))


def test_where_somebody_reacted_nobody_else_is_told(life: Life, li: Person) -> None:
    wang = life.person("王芳")
    li.invites(wang)
    life.at("2026-12-18")
    li.reacts("react:later").does("day:2026-12-21")
    life.at("2027-02-01")
    assert not any("王芳" in one or "管理员" in one for one in sent(life))
    assert wang.told is None


def test_handed_over_the_colleague_is_told_and_the_other_is_not(life: Life, li: Person) -> None:
    wang = life.person("王芳")
    li.invites(wang)
    life.at(DUE_30)
    li.reacts("react:pass")
    assert li.screen is not None
    colleague = next(one.id for row in li.screen.buttons for one in row if one.id.startswith("colleague:"))
    li.does(colleague)
    before = len(life.log)
    life.at("2026-12-24")
    assert before < len(life.log)
    assert all("王芳" in one for one in sent(life)[before:])
    assert "认证事务交给您了（李明，星河电器有限公司）" in _text(wang.take(ChatStart()))


def test_a_contact_who_blocked_the_bot_is_replaced_and_not_tried_for_ever(life: Life, li: Person) -> None:
    wang = life.person("王芳")
    li.invites(wang)
    li.blocks_the_bot()
    life.at("2026-12-31")
    assert sent(life)
    assert all("王芳" in one for one in sent(life))
    li.blocks_the_bot(blocked=False)
    life.at("2027-01-08")
    assert "2027-01-08 Fri 09:00 → 李明" in sent(life)


def test_of_two_workers_one_sends(life: Life, li: Person) -> None:
    life.at("2026-12-01")
    life.now = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
    with life.store.transaction() as db:
        (seen,) = agendas.list_due_contacts(db, "telegram", life.now, 10)
    first, second = (_attended(life, seen) for _ in range(2))
    assert first is not None
    assert second is None


def _attended(life: Life, seen: agendas.DueContact) -> object:
    try:
        with life.store.transaction() as db:
            return life.turns.planner.plan_contact(db, seen, life.now)
    except LostRaceError:
        return None


def test_killed_between_noting_and_sending_it_is_marked_and_shown_and_not_sent_again(
    life: Life, li: Person
) -> None:
    life.at("2026-12-01")
    life.outcome = "sending"  # what a worker leaves that is killed
    life.at(DUE_30)
    before = len(life.log)
    life.outcome = "sent"
    life.at("2026-12-03")
    with life.store.transaction() as db:
        assert len(messages.mark_stale_as_unsure(db, life.now)) == 1
        assert messages.count_unsure(db) == 1
    assert len(life.log) == before
    assert "不确定是否送达" in _text(li.take(CommandInput("reminders")))


@pytest.mark.parametrize("jump", ["2027-12-01", "2026-10-15"])
def test_a_clock_that_jumps_and_comes_back_makes_no_burst_and_no_repeat(
    life: Life, li: Person, jump: str
) -> None:
    life.at(DUE_30)
    right, before = life.now, len(life.log)
    life.now = datetime.fromisoformat(f"{jump}T02:00+00:00")
    wrong = len(life.send_due())
    assert wrong <= 1
    life.now = right
    assert life.send_due() == []
    life.at("2026-12-18")
    assert len(life.log) == before + wrong + 1
    assert sent(life)[-1] == "2026-12-18 Fri 09:00 → 李明"


def test_an_assessment_that_stands_still_is_brought_up_three_times_and_never_again(life: Life) -> None:
    li = life.person("李明").begins()
    for _ in range(9):
        li.does("符合")
    li.does("符合")
    life.at("2026-12-31")
    assert len(life.log) == 3
    assert "没有继续" in life.log[0]
    li.does(ChatStart(), "nav:resume", "符合")
    life.at("2027-12-31")
    assert len(life.log) == 3


def test_an_assessment_left_for_good_is_not_brought_up_again(life: Life) -> None:
    li = life.person("李明").begins()
    for _ in range(10):
        li.does("符合")
    life.at("2026-03-10")
    assert len(life.log) == 1
    li.reacts("react:stop")
    life.at("2026-12-31")
    assert len(life.log) == 1


def test_a_paper_that_expires_is_brought_up_before(life: Life, li: Person) -> None:
    li.does(CommandInput("materials"), "售后服务管理师证书", "有效期", "2026年6月30日", "day:yes")
    life.at("2026-06-30")
    assert [one for one in sent(life) if "2026-0" in one] == [
        "2026-05-29 Fri 09:00 → 李明",
        "2026-06-23 Tue 09:00 → 李明",
    ]


def test_a_terminal_is_told_at_the_start_of_the_talk_once(life: Life) -> None:
    li = life.person("李明", "terminal").begins().records("2026年3月1日")
    life.at(DUE_30)
    assert life.log == []
    assert "第1次监督审核" in _text(li.take(ChatStart()))
    assert li.screen is not None
    assert li.screen.state == "reminder"
    li.does("nav:back")
    assert "第1次监督审核应在" not in _text(li.take(ChatStart()))


def test_a_reminder_can_be_answered_weeks_later_and_says_what_is_so_by_then(life: Life, li: Person) -> None:
    life.at("2026-10-30")
    letter = li.letter
    li.surveilled("2026年10月29日")
    replies = li.take(ReminderPress(letter, "react:done"))
    assert "这些都已办好" in _text(replies)


@pytest.mark.parametrize("letter", ["0", "999999", "12345678901"])
def test_a_forged_reminder_is_told_as_unknown(life: Life, li: Person, letter: str) -> None:
    problem, _ = li.take(ReminderPress(letter, "react:done"))
    assert isinstance(problem, Problem)
    assert problem.code == "stale"


def test_somebody_elses_reminder_is_not_answered(life: Life, li: Person) -> None:
    life.at(DUE_30)
    stranger = life.person("王芳").begins("别的公司")
    problem, _ = stranger.take(ReminderPress(li.letter, "react:done"))
    assert isinstance(problem, Problem)


@pytest.mark.no_cover
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_next_is_never_later_than_what_a_look_every_hour_would_find(life: Life, store: Store) -> None:
    """Jumping from one moment reckoned to the next tells the same as looking all the time."""
    li = life.person("李明").begins().records("2026年3月1日")
    life.at("2027-06-30")
    other = Life(store)
    other.people = {}
    wang = other.person("王芳")
    wang.who = type(wang.who)("telegram", "2001", "王芳", "zh-Hans")
    wang.begins("另一公司").records("2026年3月1日", number="CTS-9")
    for day in range(480):
        other.now = datetime.fromtimestamp(datetime(2026, 3, 2, 2, tzinfo=UTC).timestamp() + day * 86400, UTC)
        with store.transaction() as db:
            agendas.wake_contacts(
                db, [one.contact for one, name in agendas.list_contacts(db) if name == "王芳"], other.now
            )
            seen = [
                one
                for one in agendas.list_due_contacts(db, "telegram", other.now, 100)
                if one.address == "2001"
            ]
            for one in seen:
                outgoing = other.turns.planner.plan_contact(db, one, other.now)
                if outgoing is not None:
                    messages.record_outcome(db, outgoing.letter_id, "sent")
                    other._note(outgoing, 0)
    days_found = [one.split()[0] for one in sent(other)]
    assert days_found == [one.split()[0] for one in sent(life) if "→ 李明" in one][: len(days_found)]
    assert li.told is not None


def _text(replies: object) -> str:
    return "\n".join(getattr(one, "text", getattr(one, "message", "")) for one in replies)  # type: ignore[attr-defined]
