"""A talk as people hold it: typed, pressed, from two phones at once; and what it leaves behind."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.store.schema import SCHEMA
from tests.bot.channels.telegram.reference_replay import ANSWERS, by_contact
from tests.bot.channels.telegram.serve_process import MODES, Person, Served, person, served
from tests.standin import HttpError

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module", params=MODES)
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for all tests here: each has contacts of its own."""
    with served(tmp_path_factory.mktemp("talk"), request.param) as serving:
        yield serving


def answered(one: Served, contact: int) -> list[tuple[Any, ...]]:
    """What the contact answered; without the updates that it came with."""
    return [tuple(row[:-1]) for row in by_contact(one.rows(ANSWERS)).get(str(contact), [])]


def data_of(li: Person, label: str) -> str:
    screen = li.contact.screen()
    assert screen is not None
    return next(button.data or "" for button in screen.buttons if button.label == label)


def test_typed_from_beginning_to_end_it_is_the_same_assessment(one: Served) -> None:
    pressed = person(one, 101).reaches_scoring().press("符合", "不符合")
    typed = person(one, 102).start().say("简体中文", "同意，开始", "青岛海风电器有限公司")
    typed.say("跳过", "跳过", "跳过", "2800", "300", "26", "3")
    while "申请条件" in typed.text:
        typed.say("符合")
    typed.say("符合", "不符合")
    assert answered(one, 102) == answered(one, 101)
    assert len(answered(one, 102)) > 10
    assert typed.text == pressed.text


def test_from_two_phones_at_once_one_answer_counts_and_the_other_is_told(one: Served) -> None:
    li = person(one, 103).reaches_scoring()
    before = len(answered(one, 103))
    both = threading.Barrier(2)

    def press(data: str) -> None:
        both.wait()
        li.contact.press(data, forged=True)

    phones = [threading.Thread(target=press, args=(data_of(li, label),)) for label in ("符合", "不符合")]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    one.wait_until(lambda: "那个按钮属于前面的问题" in li.text, "the second is told")
    assert len(answered(one, 103)) == before + 1
    assert "5.1.1.2" in li.text


def test_buttons_that_stayed_behind_go_when_they_are_pressed(one: Served) -> None:
    li = person(one, 104).reaches_scoring()
    one.wait_until(lambda: len(li.contact.keyboards()) == 1, "the message before closed")
    old = li.seen[0]
    one.api.fail("editMessageReplyMarkup", HttpError(400, "Bad Request: of no interest"), chat=104)
    li.say("符合")
    assert [message.id for message in li.contact.keyboards()] == [old, li.seen[0]]
    counted = len(answered(one, 104))
    li.does(lambda: li.contact.press("符合", old))
    one.wait_until(
        lambda: [found.id for found in li.contact.keyboards()] == [li.seen[0]], "the old ones gone"
    )
    assert li.seen[0] > old
    assert len(answered(one, 104)) == counted
    assert "那个按钮属于前面的问题" in li.text
    assert "5.1.1.2" in li.text


def test_the_sheet_of_a_report_is_graded_to_the_card_beside_it(one: Served, tmp_path: Path) -> None:
    li = person(one, 105).reaches_scoring().press("符合", "不符合")
    li.contact.command("/report")
    one.wait_until(lambda: len(li.contact.documents()) == 2, "both files")
    sheet, card = (message.document for message in li.contact.documents())
    assert sheet is not None
    assert card is not None
    (tmp_path / "answers.yaml").write_bytes(sheet.content)
    graded = subprocess.run(
        [sys.executable, "-m", "bot", "grade", str(tmp_path / "answers.yaml"), "--json"],
        capture_output=True,
        timeout=30,
        check=True,
    )
    given, found = json.loads(card.content), json.loads(graded.stdout)
    assert given["score"] == found["score"]
    assert given["scheme"] == found["scheme"]


def everything_stored(one: Served) -> str:
    """Every value of every column of every table, with what JSON escapes put back."""
    found = "\n".join(
        f"{name}: {value}"
        for name in SCHEMA.tables
        for row in one.rows(f"SELECT * FROM {name}")
        for value in row
    )
    return re.sub(r"\\+u([0-9a-f]{4})", lambda escaped: chr(int(escaped[1], 16)), found)


def scoring(li: Person) -> Person:
    while "申请条件" in li.text:
        li.press("符合")
    return li


def evidence(one: Served, content: bytes) -> bool:
    found = (one.folder / "data" / "evidence").glob("*/*")
    return any(path.read_bytes() == content for path in found)


def test_erasing_leaves_no_trace_of_one_and_all_of_another(one: Served) -> None:
    li = scoring(person(one, 77665544, first_name="欧阳无痕").introduces("无痕电器有限公司"))
    wang = scoring(person(one, 106, first_name="王芳").introduces("长留电器有限公司"))
    li.does(lambda: li.contact.send_document("私人底稿.png", PNG + b"li" * 50))
    wang.does(lambda: wang.contact.send_document("公司制度.png", PNG + b"wang" * 50))
    before = everything_stored(one)
    personal = ("欧阳无痕", "77665544", "私人底稿", "无痕电器")
    assert [sign for sign in personal if sign not in before] == []
    assert evidence(one, PNG + b"li" * 50)
    li.say("/erase")
    li.contact.press("全部删除")
    one.wait_until(lambda: "已全部删除" in li.contact.messages()[-1].text, "the farewell")
    one.wait_until(lambda: not one.rows("SELECT 1 FROM outbox"), "the farewell forgotten")
    one.wait_until(lambda: not evidence(one, PNG + b"li" * 50), "the file gone")
    left = everything_stored(one)
    assert [sign for sign in personal if sign in left] == []
    assert "公司制度" in left
    assert evidence(one, PNG + b"wang" * 50)
    wang.press("符合")
    assert "5.1.1.2" in wang.text
