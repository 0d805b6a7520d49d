"""What the stand-in refuses and what fails on purpose."""

import time
from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.standin import Contact, HttpError, NotJson, Reset, ResetAfter, Slow, StandIn, TooManyRequests
from tests.standin.conftest import Client, keyboard


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("<b> </b>", "Text must be non-empty"),
        ("x" * 4097, "Message is too long"),
        ("🎲" * 2049, "Message is too long"),
        ("a < b", "Can't parse entities: Unclosed start tag at byte offset 2"),
        ("a <", "Can't parse entities: Unclosed start tag at byte offset 2"),
        ("好<br>", 'Can\'t parse entities: Unsupported start tag "br" at byte offset 3'),
        ("<b>x", "Can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("x</b>", "Can't parse entities: Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_texts_that_telegram_refuses(client: Client, li: Contact, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest) as refused:
        client.send_message(5, text, parse_mode="HTML")
    assert refusal.lower() in refused.value.message.lower()  # the client lowers most of it
    assert li.screen() is None


@pytest.mark.parametrize(
    ("html", "plain", "kinds"),
    [
        ("a & b &copy; &#20320;&amp;lt;", "a & b &copy; 你&lt;", []),
        ("🎲<b>x<i>y</i></b>", "🎲xy", [("bold", 2, 2), ("italic", 3, 1)]),
        ('<a href="https://t.me/x?a=1&amp;b=2">there</a>', "there", [("text_link", 0, 5)]),
        ("<blockquote expandable>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("\n <code>x</code> \n", "x", [("code", 0, 1)]),
        ("<b>" + "x" * 4096 + "</b>", "x" * 4096, [("bold", 0, 4096)]),
    ],
)
def test_html_that_telegram_takes(
    client: Client, li: Contact, html: str, plain: str, kinds: list[tuple[str, int, int]]
) -> None:
    sent = client.send_message(5, html, parse_mode="HTML")
    assert (sent.text, [(one.type, one.offset, one.length) for one in sent.entities]) == (plain, kinds)
    assert not sent.entities or sent.entities[0].url in {None, "https://t.me/x?a=1&b=2"}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (keyboard("钥" * 22), "Button_data_invalid"),
        (keyboard(""), "Button_data_invalid"),
        (keyboard(*map(str, range(101)), columns=8), "Reply_markup_too_long"),
        (keyboard(*map(str, range(9)), columns=9), "Reply_markup_too_long"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("x")]]), "text buttons are unallowed"),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("x", url="no")]]),
            "url 'no' is invalid: wrong http url",
        ),
    ],
)
def test_buttons_that_telegram_refuses(
    client: Client, li: Contact, markup: InlineKeyboardMarkup, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        client.send_message(5, "x", reply_markup=markup)


def test_edits_that_telegram_refuses(client: Client, li: Contact) -> None:
    sent = client.send_message(5, "one", reply_markup=keyboard("a"))
    with pytest.raises(BadRequest, match="are exactly the same as a current content"):
        client.edit_message_text(
            "<u></u>one", 5, sent.message_id, parse_mode="HTML", reply_markup=keyboard("a")
        )
    with pytest.raises(BadRequest, match="Message_too_long"):
        client.edit_message_text("x" * 4097, 5, sent.message_id)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        client.edit_message_text("two", 5, li.last_said())
    li.delete_bot_message(sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        client.edit_message_text("two", 5, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        client.delete_message(5, sent.message_id)
    document = client.send_document(5, b"x", filename="x")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        client.edit_message_text("two", 5, document.message_id)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        client.send_document(5, b"x", filename="x", caption="x" * 1025)


def test_a_press_can_be_answered_for_a_while(stand_in: StandIn, client: Client, li: Contact) -> None:
    client.send_message(5, "x", reply_markup=keyboard("a"))
    li.press("a")
    press = client.get_updates()[-1].callback_query
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        client.answer_callback_query("4711")
    stand_in.query_lifetime(0.0)
    with pytest.raises(BadRequest, match="or query id is invalid"):
        client.answer_callback_query(press.id)


def test_an_unknown_method_is_not_found(client: Client) -> None:
    with pytest.raises(TelegramError, match="not found in Bot API"):
        client.do_api_request("makeCoffee")


def test_a_failure_meets_the_calls_it_is_meant_for(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.fail("sendMessage", TooManyRequests(7), chat=5)
    stand_in.contact(6).say("hello")
    client.send_message(6, "x")
    with pytest.raises(RetryAfter) as refused:
        client.send_message(5, "x")
    assert refused.value.retry_after == timedelta(seconds=7)
    client.send_message(5, "x")
    stand_in.fail("*", HttpError(502, "Bad Gateway"), times=None)
    for _ in range(3):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            client.get_updates()
    stand_in.heal()
    assert [one.status for one in stand_in.calls("sendMessage")] == [200, 429, 200]


def test_connections_break_before_or_after_the_effect(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.fail("sendMessage", Reset())
    with pytest.raises(NetworkError):
        client.send_message(5, "lost")
    assert li.screen() is None
    stand_in.fail("sendMessage", ResetAfter())
    with pytest.raises(NetworkError):
        client.send_message(5, "arrived")
    assert [one.text for one in li.messages()] == ["你好", "arrived"]
    assert [one.status for one in stand_in.calls("sendMessage")] == [0, 0]


def test_answers_come_late_or_cannot_be_read(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.fail("sendMessage", Slow(0.3))
    with pytest.raises(TimedOut):
        client.send_message(5, "arrived", read_timeout=0.1)
    assert [one.text for one in li.messages()] == ["你好", "arrived"]
    stand_in.fail("sendMessage", NotJson())
    with pytest.raises(TelegramError, match="Invalid server response"):
        client.send_message(5, "lost")
    stand_in.latency = (0.1, 0.2)
    begun = time.monotonic()
    client.get_me()
    assert time.monotonic() - begun >= 0.1


def test_nobody_listens_while_it_is_down(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.down()
    for _ in range(2):
        with pytest.raises(NetworkError):
            client.get_me()
    stand_in.up()
    assert len(client.get_updates()) == 1


def test_writing_too_fast_is_refused_and_noted(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.limits(per_chat=1.0, burst=2)
    client.send_message(5, "one")
    client.send_message(5, "two")
    with pytest.raises(RetryAfter):
        client.send_message(5, "three")
    (noted,) = stand_in.exceeded()
    assert (noted.chat, noted.retry_after) == (5, 1)
    stand_in.no_limits()
    client.send_message(5, "four")
