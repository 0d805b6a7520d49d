"""What a contact may rely on in Telegram, with the program, HTTP and the store as they are."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.bot.channels.telegram.serve_process import MODES, Person, Served, person, served

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for the tests here: each has contacts of its own."""
    with served(tmp_path_factory.mktemp("service")) as one:
        yield one


@pytest.fixture
def li(polled: Served) -> Person:
    return person(polled).reaches_scoring()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Person]:
    """A contact whose program has no other."""
    with served(tmp_path) as one:
        yield person(one).reaches_scoring()


@pytest.mark.parametrize("mode", MODES)
def test_the_assessment_is_answered_by_buttons_by_typing_and_mixed(tmp_path: Path, mode: str) -> None:
    with served(tmp_path, mode) as one:
        answers_in_all_ways(person(one).reaches_scoring())


def answers_in_all_ways(li: Person) -> None:
    li.press("符合").say("37/40").say("符合").press("确认，下一题")
    assert "5.1.3" in li.text
    li.say("5.1.1.2")
    assert "现在的答案：37/40 符合" in li.text


def test_one_message_serves_a_sub_group_and_keeps_what_was_answered(li: Person) -> None:
    first = li.seen[0]
    li.press("符合")
    assert li.seen[0] == first
    assert li.text.startswith("✓ 5.1.1.1")
    li.press("符合")
    assert li.seen[0] != first
    assert "5.1.2.1" in li.text
    closed = li.contact.message(first)
    li.served.wait_until(lambda: not li.contact.message(first).buttons, "the old buttons gone")
    li.served.wait_until(lambda: "✓ 5.1.1.2" in li.contact.message(first).text, "the record kept")
    assert closed.id == first


def test_no_buttons_but_the_latest_stay(li: Person) -> None:
    li.press("符合").say("37/40").say("不知道").press("菜单").say("继续").say("你好吗")
    li.served.wait_until(lambda: len(li.contact.keyboards()) == 1, "one keyboard")


def test_a_stale_button_never_answers_another_question(li: Person) -> None:
    stale = next(one.data for one in li.contact.screen().buttons if one.label == "不符合")  # type: ignore[union-attr]
    li.press("符合")
    li.does(lambda: li.contact.press(stale or "", forged=True))
    assert "那个按钮属于前面的问题" in li.text
    assert "5.1.1.2" in li.text
    assert [value for _, value in li.recorded()] == ['{"met": {}}']


@pytest.mark.parametrize(
    "data", ["x", "::", "99999999999:answer:met", "-1:answer:met", "é" * 32, "0:answer:met"]
)
def test_a_forged_button_changes_nothing_and_is_answered(li: Person, data: str) -> None:
    li.does(lambda: li.contact.press(data, forged=True))
    assert "5.1.1.1" in li.text
    assert li.recorded() == []
    li.served.wait_until(lambda: not li.contact.unanswered(), "the button stops spinning")


def test_two_quick_presses_count_once(li: Person) -> None:
    data = next(one.data for one in li.contact.screen().buttons if one.label == "符合")  # type: ignore[union-attr]
    before = li.seen
    li.contact.press(data or "")
    li.contact.press(data or "", forged=True)
    li.served.wait_until(lambda: li.seen[1] >= before[1] + 1 and "前面的问题" in li.text, "both dealt with")
    assert len(li.recorded()) == 1


def test_the_same_update_twice_counts_once(li: Person) -> None:
    number = li.contact.press("符合")
    li.served.wait_until(lambda: "5.1.1.2" in li.text, "the next question")
    li.served.api.redeliver(number)
    li.say("37/40")
    assert len(li.recorded()) == 2


def test_a_jump_in_the_numbering_loses_nothing(alone: Person) -> None:
    alone.served.api.next_update_id = 5
    alone.press("符合").say("37/40")
    assert len(alone.recorded()) == 2


def test_a_message_that_the_contact_deleted_is_sent_anew(li: Person) -> None:
    li.served.wait_until(lambda: len(li.contact.keyboards()) == 1, "the message before closed")
    li.contact.delete_bot_message(li.seen[0])
    li.contact.say("符合")
    li.served.wait_until(lambda: "5.1.1.2" in li.text and li.contact.labels(), "a new message")


def test_what_was_typed_is_shown_as_typed_whatever_is_in_it(polled: Served) -> None:
    name = "<b>海风</b> & “电器” </i> {x} 有限公司"
    li = person(polled).introduces(name)
    li.press("菜单")
    assert name in li.text


def test_a_report_comes_as_files_that_the_program_reads(li: Person) -> None:
    li.press("符合")
    li.contact.command("/report")
    li.served.wait_until(lambda: "文件已备好" in li.text, "the screen below the files")
    sheet, card = li.contact.documents()
    assert sheet.document is not None
    assert card.document is not None
    assert "5.1.1.1: met" in sheet.document.content.decode()
    assert json.loads(card.document.content)["scheme"] == "gbt27922-2011"
    assert not list((li.served.folder / "data" / "outgoing").rglob("*.yaml"))


def test_a_link_brings_a_colleague_into_the_case(li: Person) -> None:
    li.press("符合").say("/invite").press("生成邀请码")
    code = li.text.partition("?start=")[2][:11]
    said, question = li.text.index(code), li.text.index("请同事一起填写")
    assert said < li.text.index("同事点开即可加入") < question
    wang = person(li.served, first_name="王芳")
    wang.does(lambda: wang.contact.command(f"/start {code}")).press("简体中文", "同意，开始")
    assert "已加入" in wang.text
    wang.say("5.1.1.1")
    assert "现在的答案：符合" in wang.text


def test_an_export_holds_what_was_said_and_sent(li: Person) -> None:
    li.does(lambda: li.contact.send_document("制度.png", PNG))
    li.contact.command("/export")
    li.served.wait_until(lambda: "您的数据已备好" in li.text, "the screen below the file")
    archive = li.contact.documents()[-1].document
    assert archive is not None
    with zipfile.ZipFile(BytesIO(archive.content)) as opened:
        assert "青岛海风" in opened.read("data.json").decode()
        assert PNG in [opened.read(name) for name in opened.namelist()]


def test_who_has_all_erased_leaves_nothing(alone: Person) -> None:
    alone.does(lambda: alone.contact.send_document("私人.png", PNG)).say("/erase")
    alone.contact.press("全部删除")
    alone.served.wait_until(lambda: "已全部删除" in alone.contact.messages()[-1].text, "the farewell")
    alone.served.wait_until(lambda: not alone.contact.keyboards(), "the buttons gone")
    alone.served.wait_until(
        lambda: not list((alone.served.folder / "data" / "evidence").glob("*/*")), "the file gone"
    )
    alone.served.stop()
    counted = alone.served.rows(
        "SELECT (SELECT count(*) FROM organisations) + (SELECT count(*) FROM answers)"
    )
    assert counted[0][0] == 0
    assert alone.served.rows("SELECT name FROM contacts") == [("",)]


def test_an_album_belongs_to_the_question_that_its_words_answer(li: Person) -> None:
    def send() -> None:
        li.contact.send_photo(b"\xff\xd8\xff\xe0" + b"1" * 90, "符合", "album-1")
        li.contact.send_photo(b"\xff\xd8\xff\xe0" + b"2" * 90, None, "album-1")

    li.does(send)
    li.served.wait_until(lambda: "5.1.1.2" in li.text, "the words answered")
    assert [key[:8] for key, _ in li.recorded("evidence")] == ["5.1.1.1-", "5.1.1.1-"]


def test_an_album_belongs_to_the_clause_that_its_words_name(li: Person) -> None:
    def send() -> None:
        li.contact.send_photo(b"\xff\xd8\xff\xe0" + b"1" * 90, "5.1.5.2 符合", "album-1")
        li.contact.send_photo(b"\xff\xd8\xff\xe0" + b"2" * 90, None, "album-1")

    li.does(send)
    li.served.wait_until(li.recorded, "the words answered")
    assert [key[:8] for key, _ in li.recorded("evidence")] == ["5.1.5.2-", "5.1.5.2-"]


def test_a_file_beyond_telegrams_limit_is_refused_in_a_sentence(li: Person) -> None:
    li.does(lambda: li.contact.send_document("大.pdf", b"%PDF-1.4", size=21 * 1024 * 1024))
    assert "太大" in li.text
    assert "20 MB" in li.text


UNUSUAL = ("sticker", "voice", "location", "share_contact", "poll", "dice")


def test_every_unusual_message_is_answered_and_the_talk_goes_on(li: Person) -> None:
    for kind in UNUSUAL:
        li.does(getattr(li.contact, kind))
        assert "没有改动任何答案" in li.text or "/invite" in li.text, kind
        assert "5.1.1.1" in li.text, kind
    li.does(lambda: li.contact.edit(li.contact.last_said(), "不符合"))
    assert "修改已发的消息不会改变答案" in li.text
    li.press("符合")
    assert "5.1.1.2" in li.text


def test_in_a_group_it_says_once_where_it_works(polled: Served) -> None:
    group = polled.api.group(-500, "售后群")
    wang = person(polled).contact
    group.say(wang, "大家好")
    group.say(wang, "/start@xingping_test_bot")
    polled.wait_until(lambda: len([one for one in group.messages() if one.from_bot]) == 1, "one line")
    assert "https://t.me/xingping_test_bot" in next(one for one in group.messages() if one.from_bot).text


def test_a_contact_who_blocks_the_bot_is_noted_and_welcome_again(li: Person) -> None:
    li.contact.block()
    query = f"SELECT unreachable_at FROM contacts WHERE address = '{li.contact.id}'"
    li.served.wait_until(lambda: li.served.rows(query)[0][0] is not None, "noted")
    li.contact.unblock()
    li.served.wait_until(lambda: li.served.rows(query)[0][0] is None, "noted again")
    li.start()
    assert "5.1.1.1" in li.text


@pytest.mark.parametrize(
    ("code", "sign"),
    [("zh-hant", "繼續使用"), ("en", "Continue"), ("fr", "English"), ("zh-hans", "继续使用")],
)
def test_the_talk_begins_in_the_language_of_the_contacts_telegram(
    polled: Served, code: str, sign: str
) -> None:
    one = person(polled, language_code=code).start()
    assert any(sign in label for label in one.contact.labels())


def menu_of(one: Person) -> list[str]:
    """What the chat's own menu of commands says, empty where it has the one that everybody has."""
    api, scope = one.served.api, {"chat_id": one.contact.id, "type": "chat"}
    shown = api.thread.call(lambda: api.world.commands.get((json.dumps(scope, sort_keys=True), ""), []))
    return [command["description"] for command in shown]


def test_the_menu_of_commands_follows_the_language_that_was_chosen(polled: Served) -> None:
    one = person(polled, language_code="zh-hans").start().press("繁體中文")
    polled.wait_until(lambda: menu_of(one), "a menu of its own")
    assert "開始或繼續自評" in menu_of(one)
    one.say("/language").press("English")
    polled.wait_until(lambda: "Begin or go on with the assessment" in menu_of(one), "the menu in English")


def test_who_begins_in_a_language_that_telegram_does_not_know_gets_its_menu(polled: Served) -> None:
    one = person(polled, language_code="zh-hant").start().press("繼續使用繁體中文", "同意，開始")
    polled.wait_until(lambda: menu_of(one), "a menu of its own")
    other = person(polled, language_code="zh-hans").start().press("简体中文", "同意，开始")
    assert menu_of(other) == []


def test_the_menu_goes_with_all_else_that_is_erased(polled: Served) -> None:
    one = person(polled, language_code="zh-hans").start().press("English")
    polled.wait_until(lambda: menu_of(one), "a menu of its own")
    one.press("Agree and start").say("/erase")
    one.contact.press("Erase everything")
    polled.wait_until(lambda: not menu_of(one), "the menu gone")
