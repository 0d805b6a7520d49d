"""Telegram as a transport: errors of the Bot API become results."""

from collections.abc import Awaitable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.transport.api import edit_text, remove_buttons, send_text
from bot.channels.telegram.transport.command_menu import set_menu
from bot.channels.telegram.transport.http import UpdatesRequest
from bot.channels.telegram.transport.polling import UpdatePoller
from bot.channels.telegram.transport.send_errors import classify_error
from bot.delivery.send_result import DeliverySuccess, SendResult
from bot.delivery.transport import AcceptUpdates, Keyboard

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class TelegramTransport:
    """The bot; `updates_request` serves long polling alone."""

    bot: Bot
    updates_request: UpdatesRequest

    @property
    def channel(self) -> str:
        return CHANNEL

    async def receive(self, accept: AcceptUpdates) -> None:
        """Receive by long polling until cancelled. Raises FatalError when the token is refused."""
        await UpdatePoller(self.bot, self.updates_request, accept).run()

    async def show(self, chat: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        return await _result_of(send_text(self.bot, chat, text, keyboard))

    async def replace(self, chat: str, message: str, text: str, keyboard: Keyboard = ()) -> SendResult:
        return await _result_of(edit_text(self.bot, chat, message, text, keyboard))

    async def remove_buttons(self, chat: str, message: str) -> SendResult:
        return await _result_of(remove_buttons(self.bot, chat, message))

    async def send_file(self, chat: str, name: str, content: bytes) -> SendResult:
        return await _result_of(self.bot.send_document(int(chat), content, filename=name))

    async def set_menu(self, chat: str, locale: str) -> SendResult:
        return await _result_of(set_menu(self.bot, chat, locale))

    def is_newer(self, message: str, other: str) -> bool:
        """Compare the numbers: Telegram counts the messages of a chat."""
        return int(message) > int(other)


async def _result_of(call: Awaitable[object]) -> SendResult:
    try:
        message = await call
    except TelegramError as error:
        return classify_error(error)
    return DeliverySuccess(message if isinstance(message, str) else "")
