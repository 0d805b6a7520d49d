"""Turns on Telegram beside those of other bots, all against the same stand-in, in rounds that take turns.

Each bot is a process of its own; the stand-in and the crowd are this one. Nothing is asserted about time.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bench.telegram.crowd import Crowd, Manner, Sample
from tests.bench.telegram.crowd_scripts import Assessment, FirstButton, Texts
from tests.bench.telegram.loop_lag import lateness_within
from tests.bench.telegram.measured_bots import (
    CONVERSATION,
    DIALOG,
    ECHO,
    WATCHED,
    XINGPING,
    Bot,
    Playing,
    running,
    set_up,
)

pytestmark = pytest.mark.bench

MODES = ("polling", "webhook")
ROUNDS = 2
WARM_UP, SECONDS = 0.6, 2.8
CONTACTS = 32
FAR_CONTACTS = 128
FAR_LATENCY = (0.05, 0.07)
PRESSES, TYPED = "presses", "typed"
LATENESS = "lateness.json"
Printer = Callable[[str], None]


@dataclass(slots=True)
class Run:
    """What one crowd does with one bot in one manner, over all rounds."""

    name: str
    mode: str
    crowd: Crowd
    manner: Manner
    sample: Sample = field(default_factory=Sample)


def manners(bot: Bot) -> dict[str, Manner]:
    if bot.serves:
        return {PRESSES: Assessment(), TYPED: Assessment(types=True)}
    return {TYPED: Texts()} if bot is ECHO else {PRESSES: FirstButton()}


def first_manner(bot: Bot) -> Manner:
    return next(iter(manners(bot).values()))


def runs_of(one: Playing) -> list[Run]:
    return [
        Run(f"{one.bot.name}, {how}", one.mode, one.crowd, manner) for how, manner in manners(one.bot).items()
    ]


def contestants(*bots: Bot) -> list[Bot]:
    """Those that can be run with what is installed."""
    return [bot for bot in bots if bot is not DIALOG or find_spec("aiogram_dialog")]


def measure(runs: list[Run], rounds: int = ROUNDS) -> None:
    """Round by round, so that what else the machine does meets all alike."""
    for _ in range(rounds):
        for run in runs:
            run.sample.add(run.crowd.round(run.manner, WARM_UP, SECONDS))


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Iterator[Printer]:
    def tell(line: str) -> None:
        with capsys.disabled():
            print(line)

    tell("")
    yield tell
    tell("")


def test_a_turn_beside_other_bots(tmp_path: Path, told: Printer) -> None:
    with ExitStack() as stack:
        playing = [
            stack.enter_context(running(bot, mode, tmp_path / f"{bot.name} {mode}", CONTACTS))
            for bot in contestants(ECHO, DIALOG, XINGPING)
            for mode in MODES
        ]
        set_up(playing, first_manner)
        runs = [run for each in playing for run in runs_of(each)]
        measure(runs)
    told(
        f"{CONTACTS} contacts who write as soon as they are answered; × is beside PTB's echo in the same mode"
    )
    told(table_head())
    for run in runs:
        base = next(one for one in runs if one.name.startswith(ECHO.name) and one.mode == run.mode)
        told(table_line(run, base))
    own = max(run.sample.own_cpu / run.sample.seconds for run in runs)
    told(f"stand-in and crowd: at most {own:.0%} of a core")


def test_many_contacts_and_a_slow_bot_api(tmp_path: Path, told: Printer) -> None:
    with ExitStack() as stack:
        playing = [
            stack.enter_context(running(bot, "polling", tmp_path / bot.name, FAR_CONTACTS))
            for bot in contestants(DIALOG, XINGPING, CONVERSATION)
        ]
        set_up(playing, first_manner)
        for each in playing:
            each.stand_in.latency = FAR_LATENCY
        runs = [runs_of(each)[0] for each in playing]
        measure(runs)
    low, high = (1000 * one for one in FAR_LATENCY)
    told(
        f"{FAR_CONTACTS} contacts, {low:.0f} to {high:.0f} ms for each call; × is beside {CONVERSATION.name}"
    )
    told(table_head())
    for run in runs:
        told(table_line(run, runs[-1]))


def test_how_long_the_event_loop_is_held(tmp_path: Path, told: Printer) -> None:
    with ExitStack() as stack:
        playing = []
        for bot, mode in ((ECHO, "polling"), (WATCHED, "polling"), (WATCHED, "webhook")):
            folder = tmp_path / f"{bot.name} {mode}"
            playing.append(stack.enter_context(running(bot, mode, folder, CONTACTS, folder / LATENESS)))
        set_up(playing, first_manner)
        found = [(each.log.with_name(LATENESS), runs_of(each)[0]) for each in playing]
        measure([run for _, run in found], rounds=1)
    told("how late the event loop came to what was due")
    told(f"{'':34}{'':10}{'p50 ms':>9}{'p99 ms':>9}{'longest':>9}")
    for late, run in found:
        each = lateness_within(late, run.sample.spans)
        figures = (each[len(each) // 2], each[len(each) * 99 // 100], each[-1])
        told(f"{run.name:34}{run.mode:10}" + "".join(f"{1000 * one:9.1f}" for one in figures))


def table_head() -> str:
    heads = ("turns/s", "×", "p50 ms", "p99 ms", "CPU ms/turn", "×", "waiting")
    widths = (9, 7, 9, 9, 13, 7, 9)
    return f"{'':34}{'':10}" + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))


def table_line(run: Run, base: Run) -> str:
    one, other = run.sample, base.sample
    return (
        f"{run.name:34}{run.mode:10}"
        f"{one.rate:9.1f}{one.rate / other.rate:7.2f}"
        f"{1000 * one.quantile(0.5):9.1f}{1000 * one.quantile(0.99):9.1f}"
        f"{1000 * one.cpu_each:13.2f}{one.cpu_each / other.cpu_each:7.2f}{one.unanswered:9}"
    )
