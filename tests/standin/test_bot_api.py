"""The stand-in against python-telegram-bot's client: chats, files, setting up."""

import pytest
from telegram import ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.standin import Contact, StandIn
from tests.standin.conftest import Client, keyboard


def test_a_text_and_a_press_go_there_and_back(stand_in: StandIn, client: Client) -> None:
    li = stand_in.contact(5, first_name="李", username="li")
    first = li.command("/start payload")
    (update,) = client.get_updates()
    assert (update.update_id, update.message.text, update.message.chat.id) == (first, "/start payload", 5)
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    assert update.effective_user.language_code == "zh-hans"
    sent = client.send_message(5, "<b>好</b> &lt;", parse_mode="HTML", reply_markup=keyboard("yes", "no"))
    screen = li.screen()
    assert screen
    assert (screen.text, screen.html, screen.id) == ("好 <", "<b>好</b> &lt;", sent.message_id)
    assert (li.labels(), sent.text_html) == (["label yes", "label no"], "<b>好</b> &lt;")
    li.press("label no")
    (press,) = client.get_updates(offset=first + 1)
    assert (press.callback_query.data, press.callback_query.message.text) == ("no", "好 <")
    assert press.callback_query.message.reply_markup == sent.reply_markup
    assert li.unanswered() == 1
    client.answer_callback_query(press.callback_query.id, "知道了")
    assert (li.toasts(), li.unanswered()) == (["知道了"], 0)


def test_an_edit_replaces_text_and_buttons(client: Client, li: Contact) -> None:
    sent = client.send_message(5, "one", reply_markup=keyboard("a"))
    client.edit_message_text("two", 5, sent.message_id)
    screen = li.screen()
    assert screen
    assert (screen.text, screen.keyboard, screen.edits) == ("two", [], 1)
    client.edit_message_reply_markup(5, sent.message_id, reply_markup=keyboard("b"))
    assert li.labels() == ["label b"]
    assert len(li.messages()) == 2


def test_a_press_may_be_of_an_old_or_deleted_message_or_forged(client: Client, li: Contact) -> None:
    old = client.send_message(5, "one", reply_markup=keyboard("a"))
    client.send_message(5, "two", reply_markup=keyboard("b"))
    with pytest.raises(AssertionError, match="no button 'c'"):
        li.press("c")
    client.get_updates(offset=-1)
    updates = [li.press("a"), li.press("a", old.message_id), li.press("c", forged=True)]
    client.delete_message(5, old.message_id)
    updates.append(li.press("a", old.message_id))
    found = client.get_updates(offset=updates[0])
    assert [one.update_id for one in found] == updates
    assert [one.callback_query.data for one in found] == ["a", "a", "c", "a"]
    assert [one.callback_query.message.is_accessible for one in found] == [True, True, True, False]


def test_everything_else_a_chat_program_sends_can_be_read(client: Client, li: Contact) -> None:
    li.sticker(), li.voice(), li.location(), li.share_contact(), li.poll(), li.dice(), li.video(), li.audio()
    li.forward("from elsewhere")
    li.edit(li.last_said(), "changed")
    li.block(), li.unblock()
    li.say("with more", via_bot={"id": 9, "is_bot": True, "first_name": "b"})
    kinds = {name for update in client.get_updates() for name in update.to_dict()}
    assert kinds == {"update_id", "message", "edited_message", "my_chat_member"}
    parts = {name for one in client.get_updates() if one.message for name in one.message.to_dict()}
    assert parts >= {"sticker", "voice", "location", "contact", "poll", "dice", "video", "audio"}
    assert parts >= {"forward_origin", "via_bot"}


def test_files_go_both_ways(client: Client, li: Contact) -> None:
    client.send_document(5, "表".encode(), filename="表.csv", caption="<i>c</i>", parse_mode="HTML")
    (sent,) = li.documents()
    assert sent.document
    assert (sent.document.name, sent.document.content, sent.text) == ("表.csv", "表".encode(), "c")
    client.send_photo(5, b"\xff\xd8picture", reply_markup=keyboard("a"))
    assert (li.documents()[-1].document is not None, li.labels()) == (True, ["label a"])
    li.send_document("证书.pdf", b"%PDF-1.7", caption="证书", media_group_id="g")
    li.send_photo(b"x" * 2000)
    *_, document, photo = (one.message for one in client.get_updates())
    assert (document.document.file_name, document.document.mime_type) == ("证书.pdf", "application/pdf")
    assert [one.file_size for one in photo.photo] == [1000, 2000]

    async def read(file_id: str) -> bytes:
        return bytes(await (await client.bot.get_file(file_id)).download_as_bytearray())

    assert client.run(read(document.document.file_id)) == b"%PDF-1.7"
    assert client.run(read(photo.photo[-1].file_id)) == b"x" * 2000
    client.send_document(5, document.document.file_id)
    assert len(li.documents()) == 3
    li.send_document("film.bin", b"", size=20 * 1024 * 1024 + 1)
    with pytest.raises(BadRequest, match="File is too big"):
        client.get_file(client.get_updates()[-1].message.document.file_id)


def test_a_group_has_several_people(stand_in: StandIn, client: Client, li: Contact) -> None:
    group = stand_in.group(-100_77, "门店")
    group.add_bot(li)
    group.say(stand_in.contact(6, first_name="王"), "/start@xingping_test_bot")
    client.send_message(group.id, "in private, please", reply_markup=keyboard("a"))
    group.press(li, "a")
    *_, added, said, pressed = client.get_updates()
    assert added.message.new_chat_members[0].username == stand_in.username
    assert (said.message.chat.type, said.effective_user.first_name) == ("supergroup", "王")
    assert (pressed.effective_user.id, pressed.effective_chat.title) == (5, "门店")


def test_what_a_bot_says_about_itself(stand_in: StandIn, client: Client) -> None:
    assert client.get_me().username == stand_in.username
    client.set_my_commands([("help", "帮助")], language_code="zh")
    assert client.get_my_commands(language_code="zh")[0].description == "帮助"
    client.delete_my_commands(language_code="zh")
    assert client.get_my_commands(language_code="zh") == ()
    client.set_my_description("long"), client.set_my_short_description("short")
    assert [one.method for one in stand_in.calls()][-2:] == ["setMyDescription", "setMyShortDescription"]
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        client.set_my_commands([("help", "帮助")], language_code="zh-hans")
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        client.set_my_commands([("Help", "帮助")])


def test_the_chat_action_and_the_chat_itself(client: Client, li: Contact) -> None:
    assert client.send_chat_action(li.id, "typing")
    assert client.get_chat(li.id).first_name == "李明"


def test_a_reply_needs_the_message_it_replies_to(client: Client, li: Contact) -> None:
    replied = client.send_message(5, "so", reply_parameters=ReplyParameters(li.last_said()))
    assert replied.reply_to_message.text == "你好"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        client.send_message(5, "so", reply_parameters=ReplyParameters(999))


def test_who_blocked_the_bot_or_never_wrote_gets_nothing(
    stand_in: StandIn, client: Client, li: Contact
) -> None:
    stand_in.contact(6)
    with pytest.raises(BadRequest, match="Chat not found"):
        client.send_message(6, "hello")
    li.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        client.send_message(5, "hello")
    li.unblock()
    client.send_message(5, "hello")
    li.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        client.send_message(5, "hello")


@pytest.mark.parametrize("token", ["123456:wrong", "nonsense"])
def test_another_token_is_refused(stand_in: StandIn, token: str) -> None:
    other = Client(stand_in, token)
    with pytest.raises(InvalidToken):
        other.initialize()
    other.close()


def test_calls_are_kept_and_waited_for(stand_in: StandIn, client: Client, li: Contact) -> None:
    client.send_message(5, "7", reply_markup=keyboard("a"))
    (call,) = stand_in.calls("sendMessage", chat=5)
    assert (call.params["text"], call.status) == ("7", 200)
    assert call.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
    with pytest.raises(AssertionError, match=r"in 0\.05 s not blue; .*\n(.*\n)*.*200 sendMessage"):
        stand_in.wait_until(lambda: False, 0.05, "blue")
