"""`xingping serve` with a watch on how late its event loop is; settings come from the environment as ever."""

import asyncio
import sys
from pathlib import Path

from bot.channels.telegram.service import TelegramService
from bot.settings import load_settings
from bot.store import Store
from rubric.library.library import Library
from tests.bench.telegram.loop_lag import watched


async def main() -> None:
    settings = load_settings()
    store = Store.open(settings.database)
    try:
        async with watched(Path(sys.argv[1])):
            await TelegramService(settings, store, Library.from_folders()).run()
    finally:
        store.close()


if __name__ == "__main__":
    asyncio.run(main())
