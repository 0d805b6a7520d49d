"""A questionnaire of aiogram_dialog: a window a question, two buttons each, edited in place, kept in memory."""

import asyncio
import contextlib
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.text import Const, Format
from aiohttp import web

from tests.bench.telegram.arguments import HOOK_PATH, arguments, hook_url, told_to_end

QUESTIONS = 12


class Asking(StatesGroup):
    q0, q1, q2, q3, q4, q5 = State(), State(), State(), State(), State(), State()
    q6, q7, q8, q9, q10, q11 = State(), State(), State(), State(), State(), State()


STATES: list[State] = [getattr(Asking, f"q{number}") for number in range(QUESTIONS)]


async def begin(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK)


async def answer(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Keep the answer and go to the next question."""
    kept = manager.dialog_data
    kept["given"] = here = kept.get("given", 0) + 1
    kept[f"q{here % QUESTIONS}"] = button.widget_id
    await manager.switch_to(STATES[here % QUESTIONS])


async def given(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"given": dialog_manager.dialog_data.get("given", 0)}


def window(number: int) -> Window:
    return Window(
        Format(f"5.1.{number + 1} · {number + 1}/{QUESTIONS} · {{given}}"),
        Const("公司是否设立或指定了一个部门专管售后，并且职能划分合理、岗位分工清楚？"),
        Row(
            Button(Const("符合"), id="met", on_click=answer),
            Button(Const("不符合"), id="unmet", on_click=answer),
        ),
        state=STATES[number],
        getter=given,
    )


async def main() -> None:
    wanted = arguments()
    session = AiohttpSession(api=TelegramAPIServer.from_base(wanted.base))
    bot, dispatcher = Bot(wanted.token, session=session), Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(begin, CommandStart())
    dispatcher.include_router(Dialog(*map(window, range(QUESTIONS))))
    setup_dialogs(dispatcher)
    if wanted.hook_port is None:
        await bot.delete_webhook()
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        await told_to_end()
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await polling
    else:
        served = web.Application()
        SimpleRequestHandler(dispatcher, bot).register(served, HOOK_PATH)
        runner = web.AppRunner(served, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", wanted.hook_port).start()
        await bot.set_webhook(hook_url(wanted.hook_port))
        await told_to_end()
        await runner.cleanup()
    await session.close()


if __name__ == "__main__":
    asyncio.run(main())
