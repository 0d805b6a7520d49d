import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.delivery.backoff import LONGEST_PAUSE, backoff_pause, pause_before_retry, retry
from bot.delivery.send_result import (
    DeliverySuccess,
    MissingMessage,
    RejectedMessage,
    RetryLater,
    SendResult,
    UncertainDelivery,
    UnreachableChat,
)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were slept, without the time they take."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("bot.delivery.backoff.asyncio.sleep", sleep)
    return slept


def results_of(*results: SendResult) -> Callable[[], Awaitable[SendResult]]:
    left = list(results)

    async def call() -> SendResult:
        return left.pop(0)

    return call


@pytest.mark.parametrize("attempts", [0, 1, 3, 5, 6, 20, 10_000])
def test_the_pause_doubles_up_to_a_minute(attempts: int) -> None:
    limit = min(2.0 ** min(attempts, 10), 60.0)
    assert limit / 2 <= backoff_pause(attempts).total_seconds() <= limit


def test_a_caller_may_set_a_shorter_limit() -> None:
    assert backoff_pause(10, timedelta(seconds=15)) == timedelta(seconds=15)


def test_the_pause_that_the_service_asks_for_is_kept_whatever_the_limit_is() -> None:
    asked = timedelta(hours=2)
    assert pause_before_retry(RetryLater(asked), 0, timedelta(seconds=15)) == asked


@pytest.mark.parametrize("result", [RetryLater(), UncertainDelivery()])
def test_without_such_a_pause_the_formula_holds(result: SendResult) -> None:
    pause = pause_before_retry(result, 20)
    assert pause is not None
    assert LONGEST_PAUSE / 2 <= pause <= LONGEST_PAUSE


@pytest.mark.parametrize(
    "result", [DeliverySuccess(), UnreachableChat(""), MissingMessage(), RejectedMessage("")]
)
def test_other_results_need_no_other_attempt(result: SendResult) -> None:
    assert pause_before_retry(result, 0) is None


def test_retry_ends_with_the_first_final_result(pauses: list[float]) -> None:
    call = results_of(RetryLater(timedelta(seconds=7)), UncertainDelivery(), DeliverySuccess())
    assert asyncio.run(retry(call)) == DeliverySuccess()
    assert pauses[0] == 7
    assert len(pauses) == 2


def test_retry_returns_the_last_result_when_its_attempts_are_used_up(pauses: list[float]) -> None:
    last = RetryLater(timedelta(seconds=3))
    assert asyncio.run(retry(results_of(RetryLater(), RetryLater(), last), 3)) == last
    assert len(pauses) == 2
