"""What came of a call to Telegram, from the error that it ended with."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

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

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
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


@dataclass(frozen=True, slots=True)
class DeliverySuccess:
    """Telegram has it, or shows the same already."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Nothing was sent; try again after `pause`. `told`: Telegram itself said how long."""

    pause: timedelta
    told: bool = False


@dataclass(frozen=True, slots=True)
class UnreachableChat:
    """Nothing reaches this chat: blocked, deactivated, not there."""

    reason: str


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """The message that was to be edited cannot be; a new one can be sent."""


@dataclass(frozen=True, slots=True)
class RejectedMessage:
    """Telegram will never take this message; others it may."""

    reason: str


@dataclass(frozen=True, slots=True)
class UncertainDelivery:
    """It may have arrived."""


SendResult: TypeAlias = (
    DeliverySuccess | RetryLater | UnreachableChat | MissingMessage | RejectedMessage | UncertainDelivery
)


def classify_error(error: TelegramError, attempts: int) -> SendResult:
    """What the error means for what was sent; `attempts` were made before."""
    match error:
        case RetryAfter():
            return RetryLater(_server_delay(error), told=True)
        case Forbidden() | ChatMigrated():
            return UnreachableChat(error.message)
        case BadRequest():
            return _classify_bad_request(error.message)
        case NetworkError() if not isinstance(error, TimedOut | MaybeSentError):
            return RetryLater(backoff_pause(attempts))
        case InvalidToken():
            return RetryLater(timedelta(seconds=LONGEST_PAUSE))
    return UncertainDelivery()


def backoff_pause(attempts: int) -> timedelta:
    """Twice as long after each attempt, up to a minute, with jitter so that many do not come back at once."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 16))
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - nothing secret hangs on it


def _server_delay(error: RetryAfter) -> timedelta:
    """How long Telegram says to wait; beyond a day it is asked again."""
    told = error.retry_after
    return min(told if isinstance(told, timedelta) else timedelta(seconds=told), LONGEST_SERVER_DELAY)


def _classify_bad_request(message: str) -> SendResult:
    said = message.lower()
    if any(sign in said for sign in _UNCHANGED_SIGNS):
        return DeliverySuccess()
    if any(sign in said for sign in _MISSING_SIGNS):
        return MissingMessage()
    return (
        UnreachableChat(message)
        if any(sign in said for sign in _UNREACHABLE_SIGNS)
        else RejectedMessage(message)
    )
