"""What each answer of the Bot API comes to, over real HTTP and through python-telegram-bot's own errors."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import TelegramError

from bot.channels.telegram.transport.api import send_text
from bot.channels.telegram.transport.connection import open_bot
from bot.channels.telegram.transport.send_errors import classify_error
from bot.delivery.backoff import pause_before_retry
from bot.delivery.send_result import (
    DeliverySuccess,
    MissingMessage,
    RejectedMessage,
    RetryLater,
    SendResult,
    UncertainDelivery,
    UnreachableChat,
)
from bot.settings import Settings
from tests.standin import HttpError, NotJson, Reset, StandIn, TooManyRequests
from tests.standin.failures import Failure

GONE = [
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
    (403, "Forbidden: bot was kicked from the group chat"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: user not found"),
    (400, "Bad Request: PEER_ID_INVALID"),
    (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: INPUT_USER_DEACTIVATED"),
]
LOST = [
    (400, "Bad Request: message to edit not found"),
    (400, "Bad Request: message can't be edited"),
    (400, "Bad Request: MESSAGE_ID_INVALID"),
    (400, "Bad Request: message identifier is not specified"),
]
REFUSED = [
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: can't parse entities: unsupported start tag"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (413, "Request Entity Too Large"),
]
AGAIN = [
    (500, "Internal Server Error"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (401, "Unauthorized"),
]


@pytest.fixture(scope="module")
def api() -> Iterator[StandIn]:
    with StandIn() as api:
        api.no_limits()
        api.contact(5).say("你好")
        yield api


async def sent(api: StandIn, folder: Path) -> SendResult:
    settings = Settings(data_dir=folder, telegram_token=api.token, telegram_api_base=api.base)
    async with open_bot(settings) as (bot, _):
        await bot.request.initialize()
        try:
            await send_text(bot, "5", "screen")
        except TelegramError as error:
            return classify_error(error)
    return DeliverySuccess()


def outcome(api: StandIn, folder: Path, failure: Failure) -> SendResult:
    api.fail("sendMessage", failure)
    return asyncio.run(sent(api, folder))


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (*one, kind)
        for kind, listed in ((UnreachableChat, GONE), (MissingMessage, LOST), (RejectedMessage, REFUSED))
        for one in listed
    ],
)
def test_what_is_permanent_is_recognised_by_how_telegram_words_it(
    api: StandIn, tmp_path: Path, status: int, description: str, kind: type[SendResult]
) -> None:
    assert isinstance(outcome(api, tmp_path, HttpError(status, description)), kind)


@pytest.mark.parametrize("answer", [*(HttpError(*one) for one in AGAIN), NotJson(502), NotJson(404)])
def test_what_was_not_done_is_tried_again_within_a_minute(
    api: StandIn, tmp_path: Path, answer: Failure
) -> None:
    found = outcome(api, tmp_path, answer)
    assert isinstance(found, RetryLater)
    pause = pause_before_retry(found, 0)
    assert pause is not None
    assert timedelta() < pause <= timedelta(minutes=1)


@pytest.mark.parametrize(
    "answer", [Reset(), NotJson(), NotJson(body="[]"), NotJson(body='{"ok": true, "res')]
)
def test_of_what_may_have_been_done_nobody_is_sure(api: StandIn, tmp_path: Path, answer: Failure) -> None:
    assert outcome(api, tmp_path, answer) == UncertainDelivery()


@pytest.mark.parametrize(("said", "kept"), [(1, 1), (37, 37), (86_400, 86_400), (10**12, 86_400)])
def test_retry_after_is_kept_to_the_second_and_to_a_day(
    api: StandIn, tmp_path: Path, said: int, kept: int
) -> None:
    found = outcome(api, tmp_path, TooManyRequests(said))
    assert found == RetryLater(timedelta(seconds=kept))


def test_an_edit_that_changes_nothing_is_done(api: StandIn, tmp_path: Path) -> None:
    unchanged = "Bad Request: message is not modified: specified new message content is exactly the same"
    assert outcome(api, tmp_path, HttpError(400, unchanged)) == DeliverySuccess()
