import asyncio
import logging

import pytest

from bot.delivery.periodic import run_periodically
from bot.store import StoreError


def test_nothing_that_goes_wrong_ends_what_is_done_again_and_again(caplog: pytest.LogCaptureFixture) -> None:
    wrong = [StoreError("the disk is full"), ValueError("unexpected"), None]
    done: list[BaseException | None] = []

    async def work() -> None:
        done.append(wrong[len(done)])
        if done[-1] is not None:
            raise done[-1]
        raise asyncio.CancelledError

    with caplog.at_level(logging.WARNING), pytest.raises(asyncio.CancelledError):
        asyncio.run(run_periodically(work, 0, "what is due cannot be read"))
    assert done == wrong
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
