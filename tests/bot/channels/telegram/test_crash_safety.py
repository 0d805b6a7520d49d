"""Killed at any instant under load: everything delivered has had its effect once, and no chat is stuck."""

import random
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bot.channels.telegram.reference_replay import assert_as_if_never_killed
from tests.bot.channels.telegram.serve_process import MODES, Person, Served, person, served

pytestmark = pytest.mark.slow

CONTACTS = 6


@dataclass
class Busy:
    """A contact who answers whatever is asked as soon as it is there, each sample with counts of its own."""

    person: Person
    sampled: dict[int, str] = field(default_factory=dict)
    turns: int = 0

    def live(self, ended: threading.Event) -> None:
        contact, answered = self.person.contact, (0, 0)
        contact.command("/start")
        while not ended.is_set():
            if self.person.seen in {answered, (0, 0)} or not contact.labels():
                time.sleep(0.005)
                continue
            answered = self.person.seen
            with suppress(AssertionError):  # the button went while the finger moved: look again
                self._answer(contact.labels(), self.person.text)
                self.turns += 1

    def _answer(self, labels: list[str], text: str) -> None:
        contact = self.person.contact
        press = next(
            (one for one in ("简体中文", "同意，开始", "确认，下一题", "下一题") if one in labels), None
        )
        if press is not None:
            contact.press(press)
        elif "企业的全称" in text:
            contact.say("青岛海风电器有限公司")
        elif "多少" in text and "企业信息" in text:
            contact.say("26")
        elif "抽样" in labels:
            counts = f"{self.turns}/{self.turns + 1000}"
            self.sampled[contact.say(counts)] = counts
        elif "符合" in labels or "跳过" in labels:
            contact.press("符合" if "符合" in labels else "跳过")
        else:
            contact.say("5.1.1.1")


def killed_under_load(one: Served, kills: int, seed: int) -> list[Busy]:
    """Kill the program again and again while the contacts go on; settled at the end."""
    chance = random.Random(seed)
    everybody = [Busy(person(one, 100 + number)) for number in range(CONTACTS)]
    ended = threading.Event()
    threads = [threading.Thread(target=busy.live, args=(ended,)) for busy in everybody]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            reached = sum(busy.turns for busy in everybody) + chance.randint(5, 80)
            one.wait_until(lambda: sum(busy.turns for busy in everybody) >= reached, "turns")  # noqa: B023
            time.sleep(chance.uniform(0, 0.05))
            one.kill()
            one.start()
        so_far = [busy.turns for busy in everybody]
        one.wait_until(
            lambda: all(busy.turns > before + 2 for busy, before in zip(everybody, so_far, strict=True)),
            "everybody served after the last kill",
        )
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    one.wait_until(lambda: not one.api.pending() and settled(one), "all settled", 30)
    return everybody


def settled(one: Served) -> bool:
    waiting = "SELECT (SELECT count(*) FROM updates WHERE done_at IS NULL)"
    behind = "(SELECT count(*) FROM panels WHERE shown < number)"
    return bool(one.rows(f"{waiting} + {behind}")[0][0] == 0)


def assert_everything_counted_once(one: Served, everybody: list[Busy]) -> None:
    done = {int(row[0]) for row in one.rows("SELECT update_id FROM updates WHERE done_at IS NOT NULL")}
    assert one.api.delivered() <= done
    assert one.rows("SELECT 1 FROM updates WHERE payload <> ''") == []
    recorded: Counter[tuple[str, str, str]] = Counter(
        tuple(row) for row in one.rows("SELECT inbound, key, value FROM answers WHERE field = 'answers'")
    )
    assert {key: number for key, number in recorded.items() if number > 1} == {}
    stands = {str(inbound): str(value) for inbound, _, value in recorded}
    sampled = {number: counts for busy in everybody for number, counts in busy.sampled.items()}
    kept = {number: counts for number, counts in sampled.items() if str(number) in stands}
    assert len(kept) > len(sampled) / 2
    for number, counts in kept.items():
        conforming, _, total = counts.partition("/")
        value = stands[str(number)]
        assert f'"sampled": {total}' in value, value
        assert f'"conforming": {conforming}' in value, value


def assert_every_chat_shows_where_it_stands(one: Served, everybody: list[Busy]) -> None:
    query = "SELECT address, revision FROM conversations JOIN contacts ON contacts.id = contact_id"
    revisions = {int(address): revision for address, revision in map(tuple, one.rows(query))}
    for busy in everybody:
        screen = busy.person.contact.screen()
        assert screen is not None
        data = screen.buttons[0].data or ""
        assert data.startswith(f"{revisions[busy.person.contact.id]}:"), (busy.person.contact.id, data)


def run(tmp_path: Path, mode: str, kills: int, seed: int) -> None:
    with served(tmp_path, mode, measured=False) as one:
        everybody = killed_under_load(one, kills, seed)
        assert_everything_counted_once(one, everybody)
        assert_every_chat_shows_where_it_stands(one, everybody)
        assert_as_if_never_killed(one)
        for busy in everybody:
            busy.person.press(busy.person.contact.labels()[0])
        assert "Traceback" not in one.stderr


@pytest.mark.parametrize("mode", MODES)
def test_killed_ten_times_under_load_nothing_accepted_is_lost(tmp_path: Path, mode: str) -> None:
    run(tmp_path, mode, 10, seed=7)


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(10))
def test_killed_hundreds_of_times_nothing_accepted_is_lost(tmp_path: Path, mode: str, seed: int) -> None:
    run(tmp_path, mode, 20, seed)
