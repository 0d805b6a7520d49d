"""The HTTP side: Telegram's webhook, and whether this process is alive and ready."""

import hmac
import logging
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy import text

from bot import json_text
from bot.channels.telegram.inbound.intake import UpdateIntake
from bot.channels.telegram.transport.api import query_answer
from bot.channels.telegram.transport.polling import read_update
from bot.delivery.db_executor import DbExecutor
from bot.store import StoreError

MOST_BYTES = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
log = logging.getLogger(__name__)


@dataclass(slots=True)
class HttpListener:
    """`path` and `secret` are of the webhook; without a path only the probes are answered."""

    executor: DbExecutor
    intake: UpdateIntake
    path: str = ""
    secret: str = ""
    is_ready: bool = False

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        if self.path:
            app.router.add_post(self.path, self._webhook)
        return app

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        """Ready when Telegram knows the bot and the store answers."""
        if not self.is_ready:
            return web.Response(status=503, text="not connected to Telegram yet\n")
        try:
            await self.executor.run(lambda db: db.execute(text("SELECT 1")))
        except StoreError:
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text="ready\n")

    async def _webhook(self, request: web.Request) -> web.Response:
        """Confirm an update once it is stored, never before."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return web.Response(status=403, text="the secret token is missing or wrong\n")
        raw = await _read_json(request)
        update = read_update(raw)
        if update is None:
            return web.Response(status=400, text="this is no update\n")
        try:
            pressed = await self.intake.accept([update])
        except StoreError:
            return web.Response(status=503, text="the update could not be stored; send it again\n")
        # Telegram takes one call as the answer to an update, which spares a call of its own.
        return web.json_response(query_answer(pressed[0])) if pressed else web.Response()


async def _read_json(request: web.Request) -> Any:
    """What the body holds; None where that is no JSON. Raises aiohttp's 413 where it is too large."""
    try:
        return json_text.loads(await request.read())
    except (ValueError, RecursionError):
        return None
