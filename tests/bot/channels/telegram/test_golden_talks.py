"""The golden talks again, held through Telegram: each screen says what was written down."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.transcript.recording import TranscriptStep, read_transcript
from tests.bot.channels.telegram.serve_process import MODES, Served, person, served
from tests.standin.contact import Contact

pytestmark = pytest.mark.slow

TALKS = Path(__file__).parents[3] / "transcripts"
# What is different each time: invitation codes, and dates.
CHANGING = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}|code-[0-9]+|20[0-9]{2}-[0-9]{2}-[0-9]{2}")
# Sends a file that is not there and lines that no chat service delivers.
AT_A_TERMINAL_ONLY = {"wrong-turns"}
SECONDS = 20.0


def bare(text: str) -> str:
    """The text without what changes, and without white space, which Telegram trims."""
    return "".join(CHANGING.sub("", text).split())


def label_of(before: TranscriptStep | None, button: str) -> str | None:
    """The label that the button had on the screen where it was pressed; None where it had no such button."""
    rows = [row for shown in (before.shown if before else []) for row in shown.get("buttons", [])]
    named = dict(one.split("  ", 1) for row in rows for one in row.split(" | "))
    return named.get(button)


def give(contact: Contact, step: TranscriptStep, before: TranscriptStep | None) -> None:
    match step.given.kind:
        case "open":
            contact.command("/start")
        case "press":
            press(contact, step.given.value, label_of(before, step.given.value))
        case "text":
            contact.say(step.given.value)
        case "file":
            path = TALKS / step.given.value
            contact.send_document(path.name, path.read_bytes())


def press(contact: Contact, button: str, label: str | None) -> None:
    """Press it; one that is not there as a forger would, on the screen that is."""
    screen = contact.screen()
    assert screen is not None
    revision, _, _ = (screen.buttons[0].data or "").partition(":")
    contact.press(label or f"{revision}:{button}", forged=label is None)


DONE = "SELECT count(*) FROM updates WHERE done_at IS NOT NULL"
BEHIND = "SELECT count(*) FROM panels WHERE shown < number"
WAITING = "SELECT count(*) FROM outbox"


def settled(one: Served, heard: int) -> bool:
    return one.rows(f"SELECT ({DONE}), ({BEHIND}), ({WAITING})") == [(heard, 0, 0)]


@pytest.fixture(scope="module", params=MODES)
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for all talks: each has a contact of its own."""
    with served(tmp_path_factory.mktemp("golden"), request.param, measured=False) as serving:
        yield serving


@pytest.mark.parametrize("talk", sorted({path.stem for path in TALKS.glob("*.yaml")} - AT_A_TERMINAL_ONLY))
def test_a_golden_talk_goes_the_same_way_through_telegram(one: Served, talk: str) -> None:
    transcript = read_transcript(TALKS / f"{talk}.yaml")
    language = transcript.circumstances.get("lang", "zh-hans")
    contact, before = person(one, language_code=language.lower()).contact, None
    ((heard,),) = one.rows(DONE)
    for number, step in enumerate(transcript.steps, start=1):
        give(contact, step, before)
        one.wait_until(contact.screen, "the first screen", SECONDS)
        one.wait_until(lambda: settled(one, heard + number), f"step {number}", SECONDS)  # noqa: B023
        screen, shown = contact.screen(), step.shown[-1]
        assert screen is not None
        text = bare("".join(said.text for said in contact.messages()[-3:]))
        assert bare(shown["text"]) in text, f"step {number}"
        before = step
