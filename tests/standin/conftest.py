"""The stand-in and python-telegram-bot's own client, called without await."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.standin import Contact, StandIn


class Client:
    """`client.send_message(…)` is `await Bot.send_message(…)`."""

    def __init__(self, stand_in: StandIn, token: str | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        base = stand_in.base
        self.bot = Bot(token or stand_in.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **wanted: self.run(getattr(self.bot, name)(*args, **wanted))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self.run(self.bot.shutdown())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()


@pytest.fixture(autouse=True)
def _seconds_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the client warns about each retry_after."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def client(stand_in: StandIn) -> Iterator[Client]:
    made = Client(stand_in)
    made.initialize()
    yield made
    made.close()


@pytest.fixture
def li(stand_in: StandIn) -> Contact:
    """A contact who wrote once."""
    found = stand_in.contact(5)
    found.say("你好")
    return found


def keyboard(*data: str, columns: int = 1) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(f"label {one}", callback_data=one) for one in data]
    return InlineKeyboardMarkup([buttons[at : at + columns] for at in range(0, len(buttons), columns)])
