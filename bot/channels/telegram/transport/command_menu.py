"""The menu of commands: in each language that Telegram can tell apart, and for a chat in the one chosen there."""

import logging
from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.catalogue_text import load_catalogue
from bot.channels.telegram.transport.catalogue import translate
from dialogs import AgreementGiven, Event

# Telegram knows two-letter languages only, so that all of Chinese is one to it.
_TELEGRAM_LANGUAGES = {"zh-Hans": "zh", "en": "en"}
log = logging.getLogger(__name__)


def bot_commands(locale: str) -> list[BotCommand]:
    return [BotCommand(name, text) for name, text in load_catalogue(locale)["command"].items()]


async def publish_profile(bot: Bot, language: str) -> None:
    """Tell Telegram the commands and what this is; `language` is for who speaks none of the others. Best effort."""
    try:
        for locale in (language, *_TELEGRAM_LANGUAGES):
            code = None if locale == language else _TELEGRAM_LANGUAGES[locale]
            await bot.set_my_commands(bot_commands(locale), language_code=code)
            await bot.set_my_description(translate(locale, "profile.description"), language_code=code)
            await bot.set_my_short_description(translate(locale, "profile.about"), language_code=code)
    except TelegramError as error:
        log.warning("the menu of commands could not be set (%s)", error.message)


def needs_chat_menu(before: str, now: str, events: Iterable[Event]) -> bool:
    """Whether the chat's menu may be in another language from this turn on than Telegram would show it in.

    So where another language was chosen, and where somebody begins in one that Telegram does not know.
    """
    begins = any(isinstance(event, AgreementGiven) for event in events)
    return before != now or (begins and now not in _TELEGRAM_LANGUAGES)


async def set_menu(bot: Bot, chat: str, locale: str) -> None:
    """Show the chat its commands in that language; as to everybody where it is empty. Raises TelegramError."""
    scope = BotCommandScopeChat(int(chat))
    if locale:
        await bot.set_my_commands(bot_commands(locale), scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)
