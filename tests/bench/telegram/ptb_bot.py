"""python-telegram-bot as its own documentation uses it: an echo, and a questionnaire of ConversationHandler."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from tests.bench.telegram.arguments import HOOK_PATH, arguments, hook_url, told_to_end
from tests.bench.telegram.loop_lag import watched

QUESTIONS = 12
ASKED = "公司是否设立或指定了一个部门专管售后，并且职能划分合理、岗位分工清楚？"
KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("符合", callback_data="met"),
            InlineKeyboardButton("不符合", callback_data="unmet"),
        ]
    ]
)


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def begin(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    await update.message.reply_text(question(0), reply_markup=KEYBOARD)
    return 0


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer and show the next question in the same message."""
    query, kept = update.callback_query, context.user_data
    assert query is not None
    assert kept is not None
    await query.answer()
    here: int = kept.get("given", 0) + 1
    kept["given"] = here
    kept[here % QUESTIONS] = query.data
    await query.edit_message_text(f"{question(here % QUESTIONS)} · {here}", reply_markup=KEYBOARD)
    return here % QUESTIONS


def question(number: int) -> str:
    return f"5.1.{number + 1} · {number + 1}/{QUESTIONS}\n{ASKED}"


def handler(kind: str) -> Any:
    if kind == "echo":
        return MessageHandler(filters.TEXT, echo)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)
        return ConversationHandler(
            [CommandHandler("start", begin)],
            {number: [CallbackQueryHandler(answer)] for number in range(QUESTIONS)},
            [CommandHandler("start", begin)],
        )


@asynccontextmanager
async def receiving(app: Application[Any, Any, Any, Any, Any, Any], port: int | None) -> AsyncIterator[None]:
    """Polling, PTB's own webhook where Tornado is there, or else the least that puts updates into its queue."""
    assert app.updater is not None
    if port is None:
        await app.updater.start_polling()
        yield
        await app.updater.stop()
    elif find_spec("tornado"):
        await app.updater.start_webhook("127.0.0.1", port, HOOK_PATH, webhook_url=hook_url(port))
        yield
        await app.updater.stop()
    else:
        runner = web.AppRunner(receiver(app), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await app.bot.set_webhook(hook_url(port))
        yield
        await runner.cleanup()


def receiver(app: Application[Any, Any, Any, Any, Any, Any]) -> web.Application:
    async def receive(request: web.Request) -> web.Response:
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    served = web.Application()
    served.router.add_post(HOOK_PATH, receive)
    return served


async def main() -> None:
    wanted = arguments("echo", "conversation")
    app = ApplicationBuilder().token(wanted.token).base_url(f"{wanted.base}/bot").build()
    app.add_handler(handler(wanted.kind))
    async with app, watched(wanted.lateness):
        await app.start()
        async with receiving(app, wanted.hook_port):
            await told_to_end()
        await app.stop()


if __name__ == "__main__":
    asyncio.run(main())
