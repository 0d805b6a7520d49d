"""Speed as ratios against a reference in the same run. Nothing here is asserted: `make bench` prints."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from dialogs.model.messages import ButtonPress, ChatStart, Screen, TextInput, UserInput
from rubric.library.library import Library
from rubric.model.answers import AnswerSheet, Met, Sampled, Unmet
from rubric.scoring.improvements import higher_grades
from rubric.scoring.score import score

pytestmark = pytest.mark.bench

SCHEME = "gbt27922-2011"


def seconds(work: Callable[[], object], times: int) -> float:
    """The median of single runs, after a few to warm up."""
    for _ in range(min(3, times)):
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str, float, str, float], None]:
    """Prints a measure beside its reference."""

    def tell(what: str, took: float, reference: str, base: float) -> None:
        with capsys.disabled():
            print(f"\n{what}: {took * 1000:.2f} ms, {took / base:.1f} × {reference} ({base * 1000:.2f} ms)")

    return tell


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'talk.db'}")
    yield opened
    opened.close()


def commit_of_one_row(store: Store) -> Callable[[], None]:
    """The least that a stored turn can cost: one row inserted and committed, with the store's own syncing."""
    table = Table("bare", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))
    table.create(store.engine)

    def commit() -> None:
        with store.engine.begin() as db:
            db.execute(insert(table).values(text=secrets.token_hex(16)))

    return commit


def test_a_turn_beside_a_bare_insert_and_commit(store: Store, told: Callable[..., None]) -> None:
    turns, who = TurnService(store, Library.from_folders()), ChannelUser("bench", "one", "one", "zh-Hans")
    shown = turns.take_turn(who, ChatStart())
    opening: list[UserInput] = [
        ButtonPress("lang:zh-Hans"),
        ButtonPress("nav:next"),
        TextInput("青岛海风电器有限公司"),
    ]
    for given in [*opening, *[ButtonPress("nav:next")] * 3]:
        shown = turns.take_turn(who, given)
    for figure in ("2800", "300", "26", "3"):
        shown = turns.take_turn(who, TextInput(figure))

    def turn() -> None:
        """Answer where it stands; at the end go back to the first question and answer anew."""
        nonlocal shown
        screen = shown[-1]
        assert isinstance(screen, Screen)
        offered = [each for each in ("answer:met", "nav:next") if screen.has_button(each)]
        at_end = not screen.state.startswith(("eligibility", "scoring"))
        shown = turns.take_turn(who, TextInput("5.1.1.1") if at_end else ButtonPress(offered[0]))

    base = seconds(commit_of_one_row(store), 200)
    told("a turn, stored", seconds(turn, 200), "a bare insert and commit", base)


def test_grading_a_full_sheet(store: Store, told: Callable[..., None]) -> None:
    scheme = Library.from_folders().scheme(SCHEME)
    kinds = (Met(), Unmet(), Sampled(40, 37))
    answers = {
        one.id: kinds[place % 3] for place, one in enumerate(scheme.indicators) if one.requires is None
    }
    sheet = AnswerSheet({"service_managers": 26, "certified_managers": 2}, answers)
    base = seconds(commit_of_one_row(store), 200)
    told(
        "grading a sheet of 43", seconds(lambda: score(scheme, sheet), 200), "a bare insert and commit", base
    )
    card = score(scheme, sheet)
    told(
        "the ways to every higher grade",
        seconds(lambda: higher_grades(card), 200),
        "a bare insert and commit",
        base,
    )


def test_the_first_screen_beside_a_bare_interpreter(tmp_path: Path, told: Callable[..., None]) -> None:
    database = f"sqlite:///{tmp_path / 'talk.db'}"
    began = datetime(2026, 3, 1, tzinfo=UTC).isoformat()
    chat = [sys.executable, "-m", "bot", "chat", "--jsonl", "--as", "bench", "--now", began, "--db", database]

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)

    base = seconds(run([sys.executable, "-c", "pass"]), 5)
    told("the first screen of xingping chat", seconds(run(chat), 5), "a bare interpreter", base)
