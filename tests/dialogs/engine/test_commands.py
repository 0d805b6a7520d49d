"""Commands mean the same on every screen, and what a chat app sends besides changes nothing."""

from typing import get_args

import pytest

from dialogs.assessment.answered_summary import answer_lines
from dialogs.engine import commands
from dialogs.engine.commands import COMMANDS
from dialogs.model.events import ErasureConfirmed, ExportRequested, ReportRequested
from dialogs.model.messages import (
    MOST_TOKEN_BYTES,
    Button,
    ButtonPress,
    ChatStart,
    CommandInput,
    UnsupportedInput,
    UnsupportedKind,
)
from dialogs.parsing.utterance import Utterance
from tests.dialogs import prepared_talks
from tests.dialogs.player import Player

LEADS_TO = {
    "score": "review",
    "sections": "sections",
    "invite": "invitation",
    "menu": "menu",
    "language": "language",
    "pause": "paused",
    "help": "help",
    "erase": "erase",
}


@pytest.fixture
def begun() -> Player:
    """Somebody with one answer, at the second question."""
    return prepared_talks.begun().players["c1"].press("answer:met")


def events(player: Player) -> list[type]:
    assert player.turn is not None
    return [type(event) for event in player.turn.events]


@pytest.mark.parametrize(("command", "state"), LEADS_TO.items())
def test_a_command_leads_where_it_says(begun: Player, command: str, state: str) -> None:
    begun.take(CommandInput(command))
    assert (begun.state, begun.problem) == (state, None)


@pytest.mark.parametrize("command", ["assess", "resume", "start"])
@pytest.mark.parametrize("aside", ["menu", "help", "pause"])
def test_going_on_leads_back_to_the_question(begun: Player, command: str, aside: str) -> None:
    begun.take(CommandInput(aside)).take(CommandInput(command))
    assert begun.screen.indicator == "5.1.1.2"


@pytest.mark.parametrize("command", ["assess", "resume", "start"])
def test_going_on_where_one_stands_changes_no_answer(begun: Player, command: str) -> None:
    before = begun.dossier().cases
    begun.take(CommandInput(command))
    assert (begun.screen.indicator, begun.problem) == ("5.1.1.2", None)
    assert begun.dossier().cases == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_typed_with_its_slash_is_the_command(begun: Player, command: str) -> None:
    assert commands.parse_command(Utterance(f"/{command}")) == command
    assert commands.parse_command(Utterance(f" ／{command.upper()} ")) == command
    assert commands.parse_command(Utterance(command)) is None


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_never_taken_for_the_name_of_an_enterprise(command: str) -> None:
    player = prepared_talks.opened().players["c1"].agree()
    player.say(f"/{command}")
    assert player.dossier().organisations == {}


@pytest.mark.parametrize("command", ["score", "report", "sections", "invite", "undo", "menu", "pause"])
def test_before_there_is_anything_to_do_it_with_a_command_says_so(command: str) -> None:
    player = prepared_talks.opened().players["c1"].take(CommandInput(command))
    assert player.problem is not None
    assert player.problem.code == "not_now"
    assert player.state == "language"


@pytest.mark.parametrize("command", ["foo", "", "nav:submit", "🙂", "x" * 5000])
def test_a_command_that_there_is_not_changes_nothing(begun: Player, command: str) -> None:
    before = begun.talk, begun.case
    begun.take(CommandInput(command))
    assert begun.refused("no_such_command")
    assert (begun.talk, begun.case) == before


@pytest.mark.parametrize("kind", get_args(UnsupportedKind))
def test_what_the_talk_has_no_use_for_is_answered_and_changes_nothing(
    begun: Player, kind: UnsupportedKind
) -> None:
    before = begun.talk, begun.case
    begun.take(UnsupportedInput(kind))
    assert begun.refused(f"other_{kind}")
    assert (begun.talk, begun.case) == before


def test_a_report_and_an_export_are_asked_of_the_shell(begun: Player) -> None:
    assert events(begun.take(CommandInput("report"))) == [ReportRequested]
    assert events(begun.take(CommandInput("export"))) == [ExportRequested]
    assert begun.screen.indicator == "5.1.1.2"


def test_erasing_is_asked_once_and_can_be_left(begun: Player) -> None:
    begun.take(CommandInput("erase"))
    assert "删除" in begun.text
    begun.press("nav:resume")
    assert begun.screen.indicator == "5.1.1.2"
    assert events(begun.take(CommandInput("erase")).press("erase:all")) == [ErasureConfirmed]
    assert (begun.state, begun.screen.buttons) == ("erased", ())


@pytest.mark.parametrize("word", ["是", "好", "yes", "继续", "提交"])
def test_no_word_said_in_passing_erases(begun: Player, word: str) -> None:
    begun.take(CommandInput("erase")).say(word)
    assert ErasureConfirmed not in events(begun)


def test_a_link_with_a_code_joins_at_once(begun: Player) -> None:
    code = invited(begun)
    wang = begun.world.player("c2", "王芳").agree()
    wang.take(ChatStart(code=code))
    assert list(wang.dossier().organisations) == list(begun.dossier().organisations)


def test_a_link_with_a_code_waits_for_the_agreement(begun: Player) -> None:
    code = invited(begun)
    wang = begun.world.player("c2", "王芳")
    wang.take(ChatStart(code=code))
    assert "邀请" in wang.text
    assert wang.dossier().organisations == {}
    wang.agree()
    assert list(wang.dossier().organisations) == list(begun.dossier().organisations)


def test_a_link_whose_code_is_used_up_says_so_and_the_talk_begins(begun: Player) -> None:
    code = invited(begun)
    begun.world.player("c2", "王芳").agree().take(ChatStart(code=code))
    late = begun.world.player("c3", "赵强")
    assert late.take(ChatStart(code=code)).refused("code_gone")
    assert late.agree().state == "organisation.name"


def test_a_code_is_on_the_screen_that_gives_it_out_alone(begun: Player) -> None:
    code = invited(begun)
    assert begun.screen.invitation_code == code
    begun.press("nav:menu")
    assert begun.screen.invitation_code == ""


def test_each_screen_tells_its_stretch_of_the_talk(begun: Player) -> None:
    assert begun.screen.section == "5.1.1"
    begun.press("nav:menu")
    assert begun.screen.section == "5.1.1"
    begun.press("nav:review")
    assert begun.screen.section == "review"


def test_what_is_answered_in_a_stretch_is_told_in_clause_order(begun: Player) -> None:
    begun.say("37/40").say("5.1.1.1")
    lines = answer_lines(begun.dossier(), begun.world.library, "5.1.1")
    assert [line.split()[1] for line in lines] == ["5.1.1.1", "5.1.1.2"]
    assert "37/40" in lines[1]
    assert answer_lines(begun.dossier(), begun.world.library, "5.2.1") == ()


def test_a_token_presses_the_button_that_it_stands_for(begun: Player) -> None:
    assert Button("answer:met", "符合").token == "answer:met"
    long = Button("remove:" + "5" * 60, "x")
    assert len(long.token.encode()) <= MOST_TOKEN_BYTES
    begun.take(ButtonPress(Button("answer:met", "").token))
    assert begun.problem is None


def invited(player: Player) -> str:
    player.take(CommandInput("invite")).press("invitation:new")
    return player.screen.invitation_code
