"""Telegram away, slow, strict or hostile; the database busy; the operator's slips: what happens then."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.channels.telegram.serve_process import MODES, Person, Served, person, served
from tests.standin import HttpError, NotJson, Reset, ResetAfter, Slow, StandIn, TooManyRequests

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for what concerns a single chat: each test has contacts of its own."""
    with served(tmp_path_factory.mktemp("failures")) as serving:
        yield serving


@pytest.fixture
def li(one: Served) -> Person:
    return person(one).introduces()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Person]:
    """A contact whose program has no other."""
    with served(tmp_path) as serving:
        yield person(serving).introduces()


def times(li: Person, method: str) -> list[float]:
    return [call.at for call in li.served.api.calls(method, li.contact.id)]


def test_retry_after_is_kept_to_the_second_and_holds_up_no_other_chat(li: Person) -> None:
    wang = person(li.served).start()
    li.served.api.fail("editMessageText", TooManyRequests(2), chat=li.contact.id)
    begun = time.monotonic()
    before = li.seen
    li.contact.press("符合")
    wang.press("简体中文")
    assert time.monotonic() - begun < 1.5
    li.served.wait_until(lambda: li.seen != before, "the screen after the pause")
    first, second = times(li, "editMessageText")[-2:]
    assert 2.0 <= second - first < 3.5


@pytest.mark.parametrize(
    "failure", [HttpError(502, "Bad Gateway"), Reset(), ResetAfter(), HttpError(500, "x")]
)
def test_a_screen_that_did_not_arrive_is_sent_again(li: Person, failure: object) -> None:
    li.served.api.fail("*", failure, chat=li.contact.id, times=2)  # type: ignore[arg-type]
    li.contact.press("符合")
    li.served.wait_until(lambda: "2/9" in li.text, "the next condition")


def test_a_slow_chat_holds_up_no_other(li: Person) -> None:
    li.served.api.fail("editMessageText", Slow(5), chat=li.contact.id)
    li.contact.press("符合")
    begun = time.monotonic()
    person(li.served).start().press("简体中文")
    assert time.monotonic() - begun < 3


def test_under_a_flood_the_newest_screen_takes_the_place_of_those_before(alone: Person) -> None:
    alone.served.api.fail("editMessageText", TooManyRequests(2), chat=alone.contact.id)
    before = len(times(alone, "sendMessage")) + len(times(alone, "editMessageText"))
    for _ in range(8):
        alone.contact.press("符合", forged=False)
        alone.contact.say("帮助")
        alone.contact.say("继续")
    alone.served.wait_until(
        lambda: alone.served.rows("SELECT count(*) FROM updates WHERE done_at IS NULL")[0][0] == 0,
        "all heard",
    )
    alone.served.wait_until(
        lambda: alone.served.rows("SELECT count(*) FROM panels WHERE shown < number")[0][0] == 0, "all shown"
    )
    after = len(times(alone, "sendMessage")) + len(times(alone, "editMessageText"))
    assert after - before < 12


def test_telegrams_limits_are_never_exceeded(tmp_path: Path) -> None:
    with served(tmp_path, SENDS_PER_CHAT="1", SENDS_PER_SECOND="30") as one:
        li = person(one).start()
        one.api.limits(per_second=30, per_chat=1, burst=5)
        for _ in range(6):
            li.contact.say("你好")
        one.wait_until(
            lambda: one.rows("SELECT count(*) FROM panels WHERE shown < number")[0][0] == 0, "all shown"
        )
        assert one.api.exceeded() == []


def test_away_at_the_start_and_in_the_middle_telegram_is_waited_for(tmp_path: Path) -> None:
    with StandIn() as api:
        one = Served(api, tmp_path)
        api.down()
        one.start()
        one.wait_until(lambda: "cannot be reached" in one.stderr, "the line about it")
        api.up()
        li = person(one).start()
        api.down()
        one.wait_until(lambda: one.stderr.count("cannot be reached") == 2, "the line about it")
        li.contact.press("简体中文")
        api.up()
        one.wait_until(lambda: "同意，开始" in li.contact.labels(), "the talk goes on", 30)
        assert one.stderr.count("Traceback") == 0
        one.stop()


@pytest.mark.parametrize(
    "body", ["", "[]", '{"ok": true, "resu', '{"ok": true, "result": {"a": 1}}', "[" * 100_000]
)
def test_updates_that_cannot_be_read_are_asked_for_again(li: Person, body: str) -> None:
    li.served.api.fail("getUpdates", NotJson(body=body))
    for _ in range(2):
        li.contact.press("符合")
        li.served.wait_until(lambda: not li.contact.unanswered(), "the button stops spinning", 40)
    assert "Traceback" not in li.served.stderr


@pytest.mark.parametrize("status", [302, 404, 401, 502])
def test_a_page_from_between_is_no_answer_of_telegram_and_is_not_written_down(
    tmp_path: Path, status: int
) -> None:
    with StandIn() as api:
        one = Served(api, tmp_path)
        api.fail("*", NotJson(status))
        one.start()
        one.wait_until(lambda: "cannot be reached" in one.stderr, "the line about it")
        li = person(one).start()
        api.fail("*", NotJson(status), times=4)
        li.contact.press("简体中文")
        one.wait_until(lambda: "同意，开始" in li.contact.labels(), "the talk goes on", 60)
        one.stop()
        assert api.token.partition(":")[2] not in one.stderr
        assert "Traceback" not in one.stderr


def test_a_name_that_no_dns_knows_is_waited_for_and_said_in_one_line(tmp_path: Path) -> None:
    with StandIn() as api:
        one = Served(api, tmp_path, settings={"TELEGRAM_API_BASE": "http://telegram.invalid"})
        one.start()
        one.wait_until(lambda: "cannot be reached" in one.stderr, "the line about it")
        time.sleep(3)
        one.stop()
        assert len(one.stderr.splitlines()) == 1, one.stderr


def test_a_locked_database_is_told_to_the_contact_and_nothing_is_lost(alone: Person) -> None:
    other = sqlite3.connect(alone.served.folder / "data" / "xingping.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        alone.contact.press("符合")
        alone.served.wait_until(lambda: "没有保存" in alone.contact.messages()[-1].text, "told so", 30)
    finally:
        other.close()
    alone.served.wait_until(
        lambda: "2/9" in "".join(one.text for one in alone.contact.messages()), "taken up", 40
    )


def test_a_full_disk_is_told_to_the_contact_and_recovered_from(alone: Person) -> None:
    """The limit on the size of its files is what a full disk is to a process, and can be lifted again."""
    assert alone.served.process is not None
    process, (_, most) = alone.served.process.pid, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1024, most))
    alone.contact.press("符合")
    alone.served.wait_until(lambda: "没有保存" in alone.contact.messages()[-1].text, "told so", 30)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (most, most))
    alone.served.wait_until(
        lambda: "2/9" in "".join(one.text for one in alone.contact.messages()), "taken up", 40
    )
    alone.press("符合")
    assert "3/9" in alone.text


def test_a_second_program_with_the_token_is_said_in_one_line(alone: Person) -> None:
    one = alone.served
    url = f"{one.api.base}/bot{one.api.token}/getUpdates?timeout=1"
    with urllib.request.urlopen(url) as answer:
        assert answer.status == 200
    one.wait_until(lambda: "another program fetches" in one.stderr, "the line about it")
    assert one.stderr.count("another program fetches") == 1


def started(api: StandIn, tmp_path: Path, token: str) -> subprocess.CompletedProcess[str]:
    settings = {"TELEGRAM_TOKEN": token, "TELEGRAM_API_BASE": api.base, "DATA_DIR": str(tmp_path / "data")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        env={**os.environ, **{f"XINGPING_{name}": value for name, value in settings.items()}},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("token", "sign"),
    [("", "@BotFather"), ("99:not-the-one", "refuses the token"), ("no token", "XINGPING_TELEGRAM_TOKEN")],
)
def test_without_a_token_that_works_one_line_says_what_to_do(tmp_path: Path, token: str, sign: str) -> None:
    with StandIn() as api:
        ended = started(api, tmp_path, token)
    assert ended.returncode == 2
    assert sign in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not token or token not in ended.stderr


def test_the_token_is_never_written_down(tmp_path: Path) -> None:
    with served(tmp_path) as one:
        person(one).start()
        one.api.fail("*", HttpError(500, "Internal Server Error"), times=3)
        one.api.fail("*", Reset(), times=3)
        person(one, 200).start()
        assert one.process is not None
        command = Path(f"/proc/{one.process.pid}/cmdline").read_text()
    assert one.api.token.partition(":")[2] not in one.stderr + command


def posted(one: Served, body: bytes, secret: str | None) -> int:
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    request = urllib.request.Request(f"http://127.0.0.1:{one.port}/hook", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_webhook_takes_nothing_but_telegrams_updates(tmp_path: Path) -> None:
    with served(tmp_path, "webhook", WEBHOOK_SECRET="the-secret") as one:
        person(one).start()
        update = json.dumps({"update_id": 1}).encode()
        assert posted(one, update, None) == 403
        assert posted(one, update, "wrong") == 403
        assert posted(one, b"no json", "the-secret") == 400
        assert posted(one, b"[" * 100_000, "the-secret") == 400
        assert posted(one, b'{"update_id": "1"}', "the-secret") == 400
        assert posted(one, b'{"update_id": 1, "x": "' + b"x" * 2_000_000 + b'"}', "the-secret") == 413
        assert posted(one, update, "the-secret") == 200
        person(one, 200).start()


@pytest.mark.parametrize("mode", MODES)
def test_the_probes_tell_alive_and_ready(tmp_path: Path, mode: str) -> None:
    with served(tmp_path, mode) as one:
        person(one).start()
        for path, said in (("healthz", b"ok\n"), ("readyz", b"ready\n")):
            with urllib.request.urlopen(f"http://127.0.0.1:{one.port}/{path}") as answer:
                assert answer.read() == said


NONSENSE: list[dict[str, object]] = [
    {"message": 5},
    {"message": {"chat": {"id": 100, "type": "private"}}},
    {"message": {"message_id": "x", "chat": [], "from": None, "text": {}}},
    {"callback_query": {"id": 5, "from": {"id": "x"}, "data": ["y"]}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 10**30, "type": "private"}, "text": "x"}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 100, "type": "private"}, "from": {"id": True}}},
    {"my_chat_member": {"chat": {"id": 100, "type": "private"}, "new_chat_member": "kicked"}},
    {"edited_message": {"message_id": 1, "date": 1, "chat": {"id": 100, "type": "x"}, "from": {"id": 100}}},
    {"message": {"photo": [[]], "media_group_id": 5, "chat": {"id": 100}}},
    {"something_new": {"deep": [[[[[]]]]]}},
    {},
]


def test_nonsense_is_left_aside_and_the_chat_goes_on(one: Served) -> None:
    li = person(one, 100).start()
    for raw in NONSENSE:
        one.api.update(dict(raw))
    li.press("简体中文")
    one.wait_until(
        lambda: one.rows("SELECT count(*) FROM updates WHERE done_at IS NULL")[0][0] == 0, "all dealt with"
    )
    assert "Traceback" not in one.stderr


def test_serve_and_worker_share_the_work(tmp_path: Path) -> None:
    with StandIn() as api:
        one = Served(api, tmp_path)
        environment = one.environment()
        processes = [
            subprocess.Popen([sys.executable, "-m", "bot", *command], env=environment)
            for command in (["serve", "--no-worker"], ["worker"])
        ]
        try:
            one.process = processes[0]
            (tmp_path / "stderr").touch()
            person(one).start().press("简体中文")
        finally:
            for process in processes:
                process.terminate()
            assert [process.wait(10) for process in processes] == [0, 0]
