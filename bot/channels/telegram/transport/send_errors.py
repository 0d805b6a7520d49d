"""The results of failed calls to Telegram, by the error that each ended with."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.transport.http import MaybeSentError
from bot.delivery.backoff import LONGEST_PAUSE
from bot.delivery.send_result import (
    DeliverySuccess,
    MissingMessage,
    RejectedMessage,
    RetryLater,
    SendResult,
    UncertainDelivery,
    UnreachableChat,
)

LONGEST_SERVER_DELAY = timedelta(days=1)

# How Telegram words, in a 400, that nothing will ever reach this chat again.
_UNREACHABLE_SIGNS = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_is_blocked",
    "input_user_deactivated",
    "group chat was upgraded",
    "group chat was deactivated",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "need administrator rights",
)
_UNCHANGED_SIGNS = ("message is not modified",)
# The message that was to be edited is not there any more, or not ours to edit.
_MISSING_SIGNS = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "message not found",
)


def classify_error(error: TelegramError) -> SendResult:
    """Return what the error means for the message that was sent."""
    match error:
        case RetryAfter():
            return RetryLater(_server_delay(error))
        case Forbidden() | ChatMigrated():
            return UnreachableChat(error.message)
        case BadRequest():
            return _classify_bad_request(error.message)
        case NetworkError() if not isinstance(error, TimedOut | MaybeSentError):
            return RetryLater()
        case InvalidToken():
            return RetryLater(LONGEST_PAUSE)
    return UncertainDelivery()


def _server_delay(error: RetryAfter) -> timedelta:
    """Return how long Telegram asks to wait, at most a day."""
    delay = error.retry_after
    return min(delay if isinstance(delay, timedelta) else timedelta(seconds=delay), LONGEST_SERVER_DELAY)


def _classify_bad_request(message: str) -> SendResult:
    lowered = message.lower()
    if any(sign in lowered for sign in _UNCHANGED_SIGNS):
        return DeliverySuccess()
    if any(sign in lowered for sign in _MISSING_SIGNS):
        return MissingMessage()
    if any(sign in lowered for sign in _UNREACHABLE_SIGNS):
        return UnreachableChat(message)
    return RejectedMessage(message)
