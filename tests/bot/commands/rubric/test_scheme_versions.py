"""`xingping rubric publish`, `diff` and `rescore` on a scheme of one's own with two versions."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import cli
from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from dialogs.model.messages import ButtonPress, Screen, TextInput
from rubric.library.library import Library
from tests.rubric.scheme_versions import first_version_only, two_versions


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    two_versions(tmp_path / "mine")
    return tmp_path / "mine"


class TestPublish:
    def test_a_published_version_that_changes_is_refused_by_check(self, folder: Path) -> None:
        done = run("rubric", "publish", "own@1", "own", "--schemes", folder)
        assert "own@1: published\nown@2: published" in done.output
        assert run("rubric", "check", folder).return_value == 0
        file = folder / "own" / "2.yaml"
        file.write_text(file.read_text("utf-8").replace("at_least: 70", "at_least: 71"), "utf-8")
        checked = run("rubric", "check", folder)
        assert checked.return_value == 1
        assert (
            "own@2 is published and must not change; undo that, and change a copy named 3.yaml"
            in checked.output
        )

    def test_a_published_version_that_changes_is_refused_wherever_it_would_be_used(
        self, folder: Path
    ) -> None:
        run("rubric", "publish", "own@1", "own", "--schemes", folder)
        file = folder / "own" / "2.yaml"
        file.write_text(file.read_text("utf-8").replace("at_least: 70", "at_least: 71"), "utf-8")
        sheet = folder / "SHEET.yaml"
        sheet.write_text("scheme: own\n", "utf-8")
        for command in (("grade", sheet), ("rubric", "show", "own"), ("rubric", "preview", "own")):
            refused = run(*command, "--schemes", folder)
            assert "own@2 is published and must not change" in str(refused.exception)

    def test_again_says_so(self, folder: Path) -> None:
        run("rubric", "publish", "own", "--schemes", folder)
        assert "own@2: was published already" in run("rubric", "publish", "own", "--schemes", folder).output

    def test_what_is_not_there_is_refused(self, folder: Path) -> None:
        for name in ("owm", "own@3"):
            assert run("rubric", "publish", name, "--schemes", folder).exception

    def test_placeholders_are_not_published(self, tmp_path: Path) -> None:
        run("rubric", "new", tmp_path / "mine" / "fresh", "--indicators", "3", "--lang", "en")
        refused = run("rubric", "publish", "fresh", "--schemes", tmp_path / "mine")
        assert "has placeholders in text/en.yaml still, first at 1.1" in str(refused.exception)


class TestOneVersion:
    def test_any_version_can_be_shown(self, folder: Path) -> None:
        for version in ("1", "2"):
            told = run("rubric", "show", f"own@{version}", "--schemes", folder, "--json").output
            assert json.loads(told)["version"] == version
        assert run("rubric", "show", "own@9", "--schemes", folder).exception

    def test_any_version_can_be_walked_through(self, folder: Path) -> None:
        for version, clause in (("1", "5.1.6.4"), ("2", "5.1.6.5")):
            typed = json.dumps({"id": "1", "text": clause}) + "\n"
            command = ["rubric", "preview", f"own@{version}", "--schemes", str(folder), "--jsonl"]
            shown = CliRunner().invoke(cli, command, input=typed, standalone_mode=False).output
            assert json.loads(shown.splitlines()[-1])["indicator"] == clause


class TestDiff:
    def test_it_tells_what_is_different_and_what_becomes_of_answers(self, folder: Path) -> None:
        told = run("rubric", "diff", "own@1", "own@2", "--schemes", folder).output
        for line in ("answers: 34 of 43 kept", "5.1.6.3: renumbered to 5.1.6.5", "5.1.6.4: retired"):
            assert line in told

    def test_as_json(self, folder: Path) -> None:
        value = json.loads(run("rubric", "diff", "own@1", "own", "--schemes", folder, "--json").output)
        gone = [each["what"] for each in value["differences"] if each["kind"] == "gone"]
        assert "indicators.5.1.4.1" in gone
        assert value["answers"]["5.1.4.1"] == "merged to 5.1.4.3"

    def test_of_the_same_nothing_is_different(self, folder: Path) -> None:
        assert "are the same" in run("rubric", "diff", "own@1", "own@1", "--schemes", folder).output


@pytest.fixture
def url(tmp_path: Path, database: str | None = None) -> str:
    return f"sqlite:///{tmp_path / 'x.db'}"


def assessed(
    url: str, folder: Path, name: str, answer: str, *, first: str = "", submitted: bool = False
) -> None:
    """An assessment under version 1, every question answered alike."""
    store = Store.open(url)
    turns, who = TurnService(store, first_only(folder)), ChannelUser("terminal", name, name, "zh-Hans")

    def take(*inputs: ButtonPress | TextInput) -> Screen:
        screen = [turns.take_turn(who, one)[-1] for one in inputs][-1]
        assert isinstance(screen, Screen)
        return screen

    take(ButtonPress("lang:zh-Hans"), ButtonPress("nav:next"), TextInput(name), ButtonPress("scheme:own"))
    take(*[ButtonPress("nav:next")] * 3, *map(TextInput, ("90", "9", "9", "1")))
    take(*[ButtonPress("answer:met")] * 9)
    screen = take(ButtonPress(first or answer))
    while screen.state == "scoring.question":
        screen = take(ButtonPress(answer if screen.has_button(answer) else "nav:next"))
    if submitted:
        take(
            ButtonPress("nav:next"),
            ButtonPress("nav:next"),
            ButtonPress("nav:submit"),
            ButtonPress("nav:submit"),
        )
    store.close()


_LIBRARIES: dict[Path, Library] = {}


def first_only(folder: Path) -> Library:
    if folder not in _LIBRARIES:
        _LIBRARIES[folder] = first_version_only(folder.parent / "first")
    return _LIBRARIES[folder]


class TestRescore:
    def test_it_says_who_would_win_or_lose_and_changes_nothing(self, folder: Path, url: str) -> None:
        assessed(url, folder, "海风公司", "answer:met")
        assessed(url, folder, "山雨公司", "answer:met", first="answer:unmet")
        assessed(url, folder, "星河公司", "answer:met", submitted=True)
        before = Path(url.removeprefix("sqlite:///")).read_bytes()
        done = run("rubric", "rescore", "--to", "own@2", "--schemes", folder, "--db", url, "--dry-run")
        assert "海风公司" in done.output
        assert "1 finished, stays, 1 keeps its grade, 1 loses a grade" in done.output
        assert Path(url.removeprefix("sqlite:///")).read_bytes() == before

    def test_what_it_tells_is_what_the_talk_then_does(self, folder: Path, url: str) -> None:
        assessed(url, folder, "海风公司", "answer:met")
        done = run("rubric", "rescore", "--to", "own", "--schemes", folder, "--db", url, "--json")
        (told,) = [json.loads(line) for line in done.output.splitlines() if line.startswith("{")]
        store = Store.open(url)
        turns, who = (
            TurnService(store, Library.from_folders([folder])),
            ChannelUser("terminal", "海风公司", "海风公司", "zh-Hans"),
        )
        screen = turns.take_turn(who, ButtonPress("nav:menu"))[-1]
        for button in ("version", "version:later", "nav:review", "nav:submit", "nav:submit"):
            screen = turns.take_turn(who, ButtonPress(button))[-1]
        store.close()
        assert isinstance(screen, Screen)
        card = screen.scorecard
        assert card is not None
        assert (card.grade, list(card.unanswered)) == (told["after"]["grade"], told["asked"])

    def test_with_nothing_under_an_earlier_version_it_says_so(self, folder: Path, url: str) -> None:
        done = run("rubric", "rescore", "--to", "own@1", "--schemes", folder, "--db", url)
        assert "no assessment is under an earlier version of own@1" in done.output
