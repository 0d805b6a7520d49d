"""The few calls that every turn makes, past python-telegram-bot's objects but through its request and its errors.

It makes objects of each button that goes out and of the whole message that comes back, of which no more than the
number is used: half of what a call costs.
"""

from typing import Any

from telegram import Bot
from telegram.constants import ParseMode

from bot.channels.telegram.transport.http import as_request_data
from bot.delivery.transport import Keyboard


async def send_text(bot: Bot, chat: str, text: str, keyboard: Keyboard = ()) -> str:
    """Return the id of the message. Raises TelegramError, as all of them do."""
    sent = await _call(bot, "sendMessage", chat_id=int(chat), **_message_parameters(text, keyboard))
    return str(sent["message_id"])


async def edit_text(bot: Bot, chat: str, message: str, text: str, keyboard: Keyboard = ()) -> None:
    await _call(
        bot,
        "editMessageText",
        chat_id=int(chat),
        message_id=int(message),
        **_message_parameters(text, keyboard),
    )


async def remove_buttons(bot: Bot, chat: str, message: str) -> None:
    """Leave the message without its buttons."""
    await _call(bot, "editMessageReplyMarkup", chat_id=int(chat), message_id=int(message))


def query_answer(query: str) -> dict[str, str]:
    """The same as `answer_query`, for the answer to a webhook's update."""
    return {"method": "answerCallbackQuery", "callback_query_id": query}


async def answer_query(bot: Bot, query: str) -> None:
    """Have the button that was pressed stop spinning."""
    await _call(bot, "answerCallbackQuery", callback_query_id=query)


def _message_parameters(text: str, keyboard: Keyboard) -> dict[str, Any]:
    """HTML without a preview of its links, and the buttons below it."""
    found: dict[str, Any] = {
        "text": text,
        "parse_mode": ParseMode.HTML.value,
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard:
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in keyboard]
        found["reply_markup"] = {"inline_keyboard": rows}
    return found


async def _call(bot: Bot, method: str, **parameters: Any) -> Any:
    return await bot.request.post(f"{bot.base_url}/{method}", as_request_data(parameters))
