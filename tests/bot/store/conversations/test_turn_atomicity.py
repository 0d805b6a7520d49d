"""A turn that is killed at any step: the whole of it stands, or nothing."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from dialogs.model.messages import ButtonPress, TextInput, UserInput
from tests.bot.conftest import Talker, invitation
from tests.bot.store.conversations.interrupted_turn import standing

pytestmark = pytest.mark.slow

Found = tuple[bool, dict[str, int]]


def killed_at_every_step(url: str, name: str, inbound: UserInput) -> list[Found]:
    """For each step, whether the program was killed there, and what it left behind."""
    given = pickle.dumps(inbound).hex()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bot.store.conversations.interrupted_turn", url, name, given],
        cwd=Path(__file__).parents[4],
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [(killed, left) for killed, left in map(json.loads, done.stdout.splitlines())]


def assert_all_or_nothing(before: dict[str, int], found: list[Found]) -> dict[str, int]:
    """What the whole turn leaves; the last two ran it to the commit, and then gave the same input once more."""
    *during, (killed_after_commit, after), (killed_again, again) = found
    assert all(killed and left == before for killed, left in during)
    assert len(during) > 15
    assert (killed_after_commit, killed_again) == (True, False)
    assert after == again
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


@pytest.fixture
def other(talker: Talker) -> Talker:
    """A colleague at the same case."""
    talker.reach_scoring()
    code = invitation(talker)
    talker.press("nav:resume")
    joined = Talker(talker.turns.store, "wang")
    joined.press("lang:en", "nav:next", "join")
    joined.say(code)
    return joined


def test_an_answer_is_saved_whole_or_not_at_all(url: str, talker: Talker, other: Talker) -> None:
    other.press("answer:unmet")
    changed = assert_all_or_nothing(standing(url), killed_at_every_step(url, "li", ButtonPress("answer:met")))
    assert changed == {
        "answers": 1, "events": 1, "inbox": 1, "notices": 1, "conversations.revision": 1, "cases.revision": 1
    }  # fmt: skip
    assert talker.give(ButtonPress("nav:back")).indicator == "5.1.1.1"
    assert "li" in other.press("nav:back").text


def test_what_was_not_shown_is_still_to_be_told(url: str, talker: Talker, other: Talker) -> None:
    talker.press("answer:met")
    other.say("5.1.1.1")
    other.press("answer:unmet")
    changed = assert_all_or_nothing(standing(url), killed_at_every_step(url, "li", ButtonPress("answer:met")))
    assert changed["notices.delivered_at"] == 1


def test_a_colleague_joins_wholly_or_not_at_all(url: str, talker: Talker) -> None:
    talker.reach_scoring()
    code = invitation(talker)
    Talker(talker.turns.store, "wang").press("lang:en", "nav:next", "join")
    changed = assert_all_or_nothing(standing(url), killed_at_every_step(url, "wang", TextInput(code)))
    assert changed == {
        "memberships": 1, "events": 1, "inbox": 1, "conversations.revision": 1, "invitations.used_by": 1,
        "agendas": 1,
    }  # fmt: skip


def test_a_contact_who_comes_is_known_wholly_or_not_at_all(url: str, talker: Talker) -> None:
    changed = assert_all_or_nothing(standing(url), killed_at_every_step(url, "zhao", ButtonPress("lang:en")))
    assert (changed["contacts"], changed["conversations"], changed["inbox"]) == (1, 1, 1)
