import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.channels.telegram.transport import polling
from bot.channels.telegram.transport.connection import open_bot
from bot.channels.telegram.transport.polling import UpdatePoller
from bot.settings import Settings
from bot.store.delivery.updates import ReceivedUpdate
from tests.standin import StandIn

HOUR = 3600.0


async def accept(received: Sequence[ReceivedUpdate]) -> None:
    raise AssertionError(received)


class HourOverError(Exception):
    pass


def test_an_hour_without_telegram_is_one_line_and_a_try_every_quarter_of_a_minute(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def passes(seconds: float) -> None:
        pauses.append(seconds)
        if sum(pauses) >= HOUR:
            raise HourOverError

    async def away_for_an_hour(api: StandIn) -> None:
        settings = Settings(data_dir=tmp_path, telegram_token=api.token, telegram_api_base=api.base)
        async with open_bot(settings) as (bot, request):
            await request.initialize()
            poller = UpdatePoller(bot, request, accept)
            monkeypatch.setattr(polling, "asyncio", SimpleNamespace(sleep=passes))
            api.down()
            with pytest.raises(HourOverError):
                await poller.run()
            api.up()
            api.contact(5).say("你好")
            assert await request_again(poller) == ["你好"]

    with StandIn() as api, caplog.at_level(logging.WARNING):
        asyncio.run(away_for_an_hour(api))
    assert max(pauses) <= 15
    assert len(pauses) < 2 * HOUR / 7
    assert len(caplog.records) == 1


async def request_again(poller: UpdatePoller) -> list[str]:
    return [one["message"]["text"] for one in await poller._fetch()]
