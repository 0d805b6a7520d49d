"""Random play: two people press, type and send whatever there is, in one case or several; what holds, holds always.

Longer runs: `TALK_EXAMPLES=5000 pytest -m soak tests/dialogs`.
"""

import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dialogs.engine.turn import current_screen, take_turn
from dialogs.flow.states import STATES
from dialogs.language.catalogue import LOCALES, typed_words
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Case, Dossier
from dialogs.model.events import CaseOpened, CertificationOpened, InvitationAccepted
from dialogs.model.messages import ButtonPress, ChatStart, FileInput, Screen, TextInput, UserInput
from dialogs.model.records import AnswerRecorded
from dialogs.parsing.utterance import Utterance
from rubric.scoring.score import score
from tests.dialogs import prepared_talks
from tests.dialogs.parsing import typed_phrases
from tests.dialogs.player import Player, World

pytestmark = pytest.mark.slow

KNOWN = sorted({word for words in typed_words().values() for word in words})
SAID = [
    *(
        "5.1",
        "5.1.1",
        "5.1.1.1",
        "5.1.1.2",
        "5.1.2.2",
        "5.2.6.2",
        "5.1.5.2 符合",
        "5.1.1.2 37/40",
        "5.2.6.2 不适用",
        "第5.2.3条",
        "5.3.1.1",
        "6.1.1.2",
        "9.9.9",
        "5.2",
    ),
    *(
        "0",
        "1",
        "2",
        "26",
        "300",
        "2800",
        "四十",
        "999999999999",
        "-1",
        "3.5",
        "37/40",
        "40/37",
        "抽查40个，37个合格",
    ),
    *("星河电器有限公司", "我们不销售须回收的商品", "91350100M000100Y43", "广东", "x" * 500, "长" * 1000),
    *("😀", "\u202e\ud800", ""),
    *(
        "今天",
        "昨天",
        "上周五",
        "2026年3月1日",
        "2025-12-01",
        "2月30日",
        "03/04/2026",
        "CTC-1",
        "材料不全",
        "王芳",
    ),
    *typed_phrases.UNSURE,
]
FORGED = [
    *(
        "answer:met",
        "answer:na",
        "nav:next",
        "nav:submit",
        "nav:undo",
        "nav:back",
        "case:new",
        "case:rehearse",
    ),
    *(
        "open:5.1.1.1",
        "field:staff",
        "scope:group",
        "section:5.1.1",
        "walk:open",
        "fix:team",
        "lang:en",
        "remove_note",
    ),
    *(
        "bonus:claim",
        "deduction:law",
        "scheme:own",
        "case:nobody",
        "org:nobody",
        "org:new",
        "remove:1",
        "withdraw:1",
    ),
    *("step:apply", "step:grant", "step:renew", "day:yes", "day:2026-11-23", "grade:5-star", "surveilled"),
    *(
        "certificate:record",
        "material:licence",
        "finding:1",
        "field:issued",
        "certification:nobody",
        "body:own",
    ),
    *("refresh:begin", "begin_again"),
    *("", "\ud800"),
]


GOING_ABOUT = {f"nav:{way}" for way in ("back", "menu", "help", "pause", "sections", "review", "resume")}


class Talk(RuleBasedStateMachine):
    """Each rule is one input by one of the players; `_take` holds what must hold of every turn."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = prepared_talks.opened()
        self.codes = ["AAAAA-22222"]

    @initialize(
        start=st.sampled_from(["opened", "two schemes", "begun", "graded", "certifying", "certified"])
    )
    def begin(self, start: str) -> None:
        made = {
            "opened": prepared_talks.opened,
            "begun": prepared_talks.begun,
            "graded": prepared_talks.graded,
            "certifying": prepared_talks.certifying,
            "certified": prepared_talks.certified,
        }
        self.world = prepared_talks.opened(schemes=2) if start == "two schemes" else made[start]()
        if "c2" not in self.world.players:
            self.world.player("c2", "王芳").agree()

    @rule(who=st.integers(0, 1), number=st.integers(0, 60))
    def press(self, who: int, number: int) -> None:
        buttons = self._player(who).buttons
        self._take(who, ButtonPress(buttons[number % len(buttons)], self._player(who).talk.revision))

    @rule(who=st.integers(0, 1), number=st.integers(0, 60), back=st.integers(1, 5))
    def press_something_stale(self, who: int, number: int, back: int) -> None:
        buttons = self._player(who).buttons
        before = self._player(who).talk
        self._take(who, ButtonPress(buttons[number % len(buttons)], before.revision - back))
        assert self._player(who).refused("stale")

    @rule(who=st.integers(0, 1), button=st.sampled_from(FORGED))
    def press_something_forged(self, who: int, button: str) -> None:
        self._take(who, ButtonPress(button))

    @rule(who=st.integers(0, 1), number=st.integers(0, 60))
    def say_a_label(self, who: int, number: int) -> None:
        labels = [one.label for row in self._player(who).screen.buttons for one in row]
        self._take(who, TextInput(labels[number % len(labels)]))

    @rule(who=st.integers(0, 1), text=st.sampled_from(KNOWN))
    def say_a_known_word(self, who: int, text: str) -> None:
        self._take(who, TextInput(text))

    @rule(who=st.integers(0, 1), text=st.sampled_from(SAID))
    def say_something(self, who: int, text: str) -> None:
        self._take(who, TextInput(text))

    @rule(who=st.integers(0, 1), text=st.text(max_size=30))
    def say_anything(self, who: int, text: str) -> None:
        self._take(who, TextInput(text))

    @rule(who=st.integers(0, 1), number=st.integers(0, 9))
    def say_a_code(self, who: int, number: int) -> None:
        self._take(who, TextInput(self.codes[number % len(self.codes)]))

    @rule(
        who=st.integers(0, 1),
        name=st.sampled_from(["a.pdf", "b.pdf", "长" * 250 + ".pdf"]),
        refused=st.sampled_from([None, None, "empty"]),
        caption=st.sampled_from(["", "符合", "37/40", "见附件", "返回"]),
    )
    def send(self, who: int, name: str, refused: Any, caption: str) -> None:
        self._take(
            who, FileInput(name, "application/pdf", 10, name.encode().hex()[:64], refused, "20 MB", caption)
        )

    @rule(
        who=st.integers(0, 1),
        hours=st.sampled_from([0, 1, 5, 24 * 40]),
        locale=st.sampled_from([None, *LOCALES]),
    )
    def come_back(self, who: int, hours: int, locale: str | None) -> None:
        self.world.wait(hours=hours)
        self._take(who, ChatStart(locale))

    @invariant()
    def a_screen_shown_again_is_the_same_and_changes_nothing(self) -> None:
        for player in self.world.players.values():
            dossier = player.dossier()
            again = current_screen(dossier, self.world.library, self.world.now)
            assert (again.state, again.indicator) == (player.screen.state, player.screen.indicator)
            assert dossier.conversation == player.talk

    def _player(self, who: int) -> Player:
        """Whoever had everything erased begins anew, as somebody unknown."""
        player = list(self.world.players.values())[who]
        if player.state == "erased":
            player.talk = Conversation(player.contact.id)
            for members in self.world.members.values():
                members.discard(player.contact.id)
            player.open()
        return player

    def _take(self, who: int, inbound: UserInput) -> None:
        player = self._player(who)
        before, shown = player.dossier(), player.screen
        player.take(inbound)
        assert player.turn is not None
        _nobody_is_stuck(player.screen)
        _the_revision_counts_the_changes(player, before)
        _going_about_records_nothing(player, inbound)
        _a_draft_stays_where_it_belongs(player.talk)
        _only_what_was_asked_is_answered(player, before, shown, inbound)
        _the_range_narrows(player, before)
        _undo_restores(player, before)
        self._remember_codes(player)

    def _remember_codes(self, player: Player) -> None:
        if player.state == "invitation" and any(block.kind == "notice" for block in player.screen.blocks):
            self.codes.append(prepared_talks.code_in(player.text + " AAAAA-22222"))


def _nobody_is_stuck(screen: Screen) -> None:
    """There is a way on, and everything fits into a message with buttons."""
    buttons = [one for row in screen.buttons for one in row]
    ids = [one.id for one in buttons]
    on = set(ids) - {"nav:help", "nav:menu", "nav:pause"}
    assert on or screen.state == "erased", "no way on"
    assert len(ids) == len(set(ids))
    assert all(one.label.strip() and len(one.label) <= 40 for one in buttons)
    assert all(len(one.encode()) <= 48 for one in ids)
    assert len(screen.text) <= 4096
    assert all(block.text.strip() for block in screen.blocks)
    screen.text.encode()
    assert screen.state.split(".")[0] in {state.split(".")[0] for state in STATES}


def _unnumbered(talk: Conversation) -> Conversation:
    return replace(talk, revision=0, last_active_at=None)


def _the_revision_counts_the_changes(player: Player, before: Dossier) -> None:
    was, now = before.conversation, player.talk
    changed = bool(player.events) or _unnumbered(was) != _unnumbered(now)
    assert now.revision == was.revision + changed
    assert now.last_active_at == (player.world.now if changed else was.last_active_at)
    assert player.problem is None or not changed
    assert len(now.path) <= 200
    assert len(now.undo_steps) <= 50


def _going_about_records_nothing(player: Player, inbound: UserInput) -> None:
    if isinstance(inbound, ButtonPress) and inbound.button in GOING_ABOUT:
        assert player.events == ()


def _a_draft_stays_where_it_belongs(talk: Conversation) -> None:
    """What was begun for one question never reaches another."""
    assert "sampled" not in talk.draft or talk.state == "scoring.sample"
    assert "scope" not in talk.draft or talk.state == "scoring.reason"
    assert "detour" not in talk.draft or STATES[talk.state].is_detour
    assert "walk" not in talk.draft or talk.main_place.state == "scoring.question"
    assert "rest" not in talk.draft or talk.main_place.state in ASKING
    assert "claim" not in talk.draft or talk.main_place.state == "bonus"
    assert not talk.draft.keys() & {"about", "detail", "reason"} or talk.state in {"when", "entry"}
    assert "day" not in talk.draft or talk.state == "when"
    assert "filling" not in talk.draft or talk.state in {"certificate", "when", "entry"}


ASKING = {"organisation", "eligibility", "ineligible", "scoring.question"}


def _only_what_was_asked_is_answered(
    player: Player, before: Dossier, shown: Screen, inbound: UserInput
) -> None:
    """What is answered is what the screen asks, or the clause that the text begins with."""
    line = Utterance(inbound.text).clause_answer if isinstance(inbound, TextInput) else None
    answered = [event for event in player.events if isinstance(event, AnswerRecorded)]
    undone = {one.key for step in before.conversation.undo_steps[-1:] for one in step.entries}
    took_back = len(player.talk.undo_steps) < len(before.conversation.undo_steps)
    if any(isinstance(event, CaseOpened) for event in player.events):
        _is_carried_over(answered, before, player)
        return
    if player.talk.case != before.conversation.case:
        _is_brought_over(answered, before, player)
        return
    for event in answered:
        assert event.case == before.conversation.case
        if took_back:
            assert event.key in undone
        elif before.conversation.draft.get("scope") == "group":
            scheme = player.world.library.version(player.case.scheme, player.case.version)
            assert (
                scheme.indicator_by_id[event.key].group == scheme.indicator_by_id[shown.indicator or ""].group
            )
            assert scheme.indicator_by_id[event.key].deletable
        else:
            assert event.key == (line.clause.text if line else shown.indicator)


def _is_carried_over(answered: list[AnswerRecorded], before: Dossier, player: Player) -> None:
    """What a new assessment begins with is what an earlier one of the same enterprise says, or comes to."""
    said = [case.answers for case in before.cases.values()]
    marked = player.case.carried
    assert all(
        event.key in marked or any(answers.get(event.key) == event.value for answers in said)
        for event in answered
    )


def _is_brought_over(answered: list[AnswerRecorded], before: Dossier, player: Player) -> None:
    """What changes by entering an assessment was not answered by hand there, and says from where it came."""
    for event in answered:
        entered = before.cases[event.case]
        assert event.case == player.talk.case
        assert event.key in entered.carried or event.key not in entered.answers
        assert (event.key in player.case.carried) == (event.value is not None)


def _range(player: Player, case: Case) -> tuple[Any, Any]:
    card = score(player.world.library.version(case.scheme, case.version), case.answer_sheet())
    return card.exact, card.best


def _the_range_narrows(player: Player, before: Dossier) -> None:
    """As far as open questions were answered, whatever the answer."""
    answered = [event for event in player.events if isinstance(event, AnswerRecorded)]
    if not answered or any(event.previous is not None or event.value is None for event in answered):
        return
    if player.case.id not in before.cases:
        return
    (old_low, old_high), (low, high) = (
        _range(player, before.cases[player.case.id]),
        _range(player, player.case),
    )
    if low is not None:
        assert old_low <= low <= high <= old_high


def _standing(case: Case) -> Case:
    """The case without who gave an answer: undo is an answer of one's own."""
    return replace(case, answered_by={})


def _undo_restores(player: Player, before: Dossier) -> None:
    """What was just recorded is taken back exactly by undo."""
    if player.talk.undo_steps == before.conversation.undo_steps or len(player.talk.undo_steps) < len(
        before.conversation.undo_steps
    ):
        return
    opening = CaseOpened | CertificationOpened | InvitationAccepted
    if any(isinstance(event, opening) for event in player.events):
        return
    undone = take_turn(
        player.dossier(), ButtonPress("nav:undo"), player.world.library, player.world.now
    ).dossier
    assert {key: _standing(case) for key, case in undone.cases.items()} == {
        key: _standing(case) for key, case in before.cases.items()
    }
    assert undone.certifications == before.certifications
    assert undone.organisations == before.organisations


def _play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Talk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.no_cover
def test_nothing_that_two_people_do_breaks_the_talk_or_answers_what_was_not_asked() -> None:
    _play(examples=60, steps=40)


@pytest.mark.soak
def test_nothing_that_two_people_do_for_hours_breaks_the_talk() -> None:
    _play(examples=int(os.environ.get("TALK_EXAMPLES", "2000")), steps=80)
