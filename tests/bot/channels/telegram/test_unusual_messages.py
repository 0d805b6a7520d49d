"""What people send besides answers, and what no Telegram would send: all of it leaves the talk standing."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.inbound.webhook import SECRET_HEADER
from dialogs.assessment.organisation_fields import LONGEST_NAME
from tests.bot.channels.telegram.inbound.test_mapping import NAMES, NONSENSE
from tests.bot.channels.telegram.serve_process import Served, person, served
from tests.standin import HttpError
from tests.standin.entities import units

pytestmark = pytest.mark.slow

SECRET = "the-secret"
UNDONE = "SELECT 1 FROM updates WHERE done_at IS NULL"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100
MP4 = b"\x00\x00\x00\x18ftypisom" + b"0" * 100


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for all tests here: each has contacts of its own."""
    with served(tmp_path_factory.mktemp("unusual"), "webhook", WEBHOOK_SECRET=SECRET) as serving:
        yield serving


def recorded_by(one: Served, number: int, field: str) -> list[str]:
    query = f"SELECT key FROM answers JOIN contacts ON contacts.id = contact_id WHERE field = '{field}'"
    return [row[0] for row in one.rows(f"{query} AND address = '{number}'")]


def evidence_of(one: Served, number: int) -> list[str]:
    return recorded_by(one, number, "evidence")


def test_media_without_a_kind_of_its_own_is_answered_and_changes_no_answer(one: Served) -> None:
    li = person(one, 101).reaches_scoring()
    video = one.api.thread.call(lambda: one.api.world.store_file("a.gif.mp4", MP4, "video/mp4"))
    animation = {**video.raw(), "width": 1, "height": 1, "duration": 1}
    for send in (
        li.contact.video,
        li.contact.audio,
        lambda: li.contact.send(animation=animation, document=video.raw_document()),
        lambda: li.contact.send(story={"id": 1}),
        lambda: li.contact.send(a_kind_to_come={"id": 1}),
    ):
        li.does(send)
        assert "5.1.1.1" in li.text
    assert recorded_by(one, 101, "answers") == []


def test_what_is_forwarded_counts_as_said(one: Served) -> None:
    li = person(one, 102).reaches_scoring()
    li.does(lambda: li.contact.forward("符合"))
    assert "5.1.1.2" in li.text


def test_a_photo_without_words_is_kept_as_evidence_of_the_question_shown(one: Served) -> None:
    li = person(one, 103).reaches_scoring()
    li.does(lambda: li.contact.send_photo(JPEG))
    assert "5.1.1.1" in li.text
    assert [key[:8] for key in evidence_of(one, 103)] == ["5.1.1.1-"]


def test_a_file_that_does_not_arrive_is_said_so_and_can_be_sent_again(one: Served) -> None:
    li = person(one, 104).reaches_scoring()
    one.api.fail("getFile", HttpError(400, "Bad Request: wrong file_id"))
    li.does(lambda: li.contact.send_document("制度.jpg", JPEG))
    assert evidence_of(one, 104) == []
    assert "制度.jpg" in li.text
    li.does(lambda: li.contact.send_document("制度.jpg", JPEG))
    assert len(evidence_of(one, 104)) == 1


def test_what_is_no_talk_is_done_with_in_silence(one: Served) -> None:
    chat = {"id": -100500, "type": "channel", "title": "公告"}
    sender = {"id": 105, "is_bot": False, "first_name": "李"}
    group = {"id": -100600, "type": "supergroup", "title": "群"}
    message = {"message_id": 1, "date": 1, "chat": group, "from": sender}
    calls = len(one.api.calls("sendMessage"))
    for raw in (
        {"channel_post": {"message_id": 1, "date": 1, "chat": chat, "text": "/start"}},
        {"message": {**message, "text": "/start@another_bot"}},
        {"edited_message": {**message, "text": "/start"}},
        {"message": {**message, "chat": {"id": 105, "type": "private"}, "pinned_message": {"message_id": 1}}},
        {"callback_query": {"id": "1", "from": sender, "message": message, "data": "0:x"}},
        {"message": {**message, "from": {**sender, "is_bot": True}, "text": "/start"}},
    ):
        one.api.update(raw)
    one.wait_until(lambda: not one.api.pending() and not one.rows(UNDONE), "all dealt with")
    assert len(one.api.calls("sendMessage")) == calls
    assert one.rows("SELECT 1 FROM contacts WHERE address = '105'") == []


def test_a_contact_whose_account_is_gone_is_noted_and_tried_no_more(one: Served) -> None:
    li = person(one, 106).start()
    li.contact.deactivate()
    li.contact.press("简体中文")
    gone = "SELECT 1 FROM contacts WHERE address = '106' AND unreachable_at IS NOT NULL"
    one.wait_until(lambda: one.rows(gone), "noted")
    behind = "SELECT 1 FROM panels WHERE chat = '106' AND shown < number"
    one.wait_until(lambda: not one.rows(behind), "no more to send")
    assert [call.method for call in one.api.calls(chat=106) if call.status == 403] == ["sendMessage"]


def test_the_longest_name_is_shown_whole_with_the_marks_in_it_and_a_longer_one_refused(one: Served) -> None:
    name = ("<b>海&风</i>" * 20)[:LONGEST_NAME]
    li = person(one, 107).start().press("简体中文", "同意，开始").say(name + "长")
    assert f"{LONGEST_NAME}个字" in li.text
    li.say(name).press("菜单")
    assert name in li.text


@pytest.mark.parametrize(
    ("number", "text"), [(110, "长" * 4096), (111, "<&>" * 1365), (112, "👨‍👩‍👧" * 512), (113, "字\n" * 2048)]
)
def test_the_longest_texts_are_answered_within_telegrams_limits(one: Served, number: int, text: str) -> None:
    li = person(one, number).reaches_scoring()
    li.say(text[:4096])
    li.press("证据与备注").say(text[:4096])
    li.press("菜单").say("继续")
    assert all(units(message.text) <= 4096 for message in li.contact.messages() if message.from_bot)
    assert [call for call in one.api.calls(chat=li.contact.id) if call.status == 400] == []
    assert "refuses" not in one.stderr


def posted(one: Served, body: bytes) -> int:
    headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
    request = urllib.request.Request(f"http://127.0.0.1:{one.port}/hook", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


CHAT = {"id": 900, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": {"id": 900, "is_bot": False, "first_name": "x"}}
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "channel_post"]
AMISS = st.dictionaries(st.sampled_from(NAMES), NONSENSE, max_size=4)
HOSTILE = st.tuples(st.sampled_from(KINDS), AMISS).map(lambda one: {one[0]: {**MESSAGE, "id": "1", **one[1]}})


@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE | NONSENSE, min_size=1, max_size=8), st.binary(max_size=50))
def test_whatever_is_posted_an_ordinary_contact_is_still_served(
    one: Served, hostile: list[Any], noise: bytes
) -> None:
    wang = person(one, 1000)
    if wang.contact.screen() is None:
        wang.reaches_scoring()
    assert posted(one, noise) == 400 or noise.strip().startswith(b"{")
    for raw in hostile:
        number = one.api.next_update_id
        one.api.next_update_id = number + 1
        body = {**raw, "update_id": number} if isinstance(raw, dict) else raw
        assert posted(one, json.dumps(body).encode()) == (200 if isinstance(raw, dict) else 400)
    wang.press("目录" if "目录" in wang.contact.labels() else "返回")
    one.wait_until(lambda: not one.rows(UNDONE), "nothing left undone")
    assert one.process is not None
    assert one.process.poll() is None
