"""The HTTP side: calls in, answers out, and what goes wrong on the way."""

import asyncio
import json
import random
import socket
import struct
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.standin import message_methods
from tests.standin.errors import ApiError, Json, not_found, too_many
from tests.standin.failures import Failure, HttpError, NotJson, Reset, ResetAfter, Slow, TooManyRequests
from tests.standin.params import number, read_params, texts
from tests.standin.state import Call, World

MOST_BODY = 60 * 1024 * 1024
MOST_POLL_SECONDS = 50
LINGER_NOT = struct.pack("ii", 1, 0)
PAGE = "<html><body><h1>{path} cannot be served now</h1></body></html>"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Serving:
    """Listens on 127.0.0.1; all of it belongs to one event loop."""

    def __init__(self, world: World, port: int) -> None:
        self.world, self.port = world, port
        self.latency = (0.0, 0.0)
        self._closing = False

    async def open(self) -> None:
        self._server = web.Server(self._handle, request_factory=_request, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.5)
        await self._runner.setup()
        await self.up()

    async def up(self) -> None:
        self._closing = False
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True, backlog=512)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Refuses new connections and breaks those there are."""
        self._closing = True
        with suppress(RuntimeError):
            await self._site.stop()
        for connection in self._server.connections:
            _break(connection.transport)

    async def close(self) -> None:
        self.world.updates.end_poll("")
        await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if self._closing:
            return _broken(request)
        head, _, rest = request.path.lstrip("/").partition("/")
        if head == "file":
            return self._file(rest)
        refused = self._token_refused(head, rest)
        if refused:
            return _answer(refused.code, refused.body())
        return await self._call(request, rest)

    def _token_refused(self, head: str, method: str) -> ApiError | None:
        token = head.removeprefix("bot")
        if token == self.world.token and method and "/" not in method:
            return None
        bot, colon, secret = token.partition(":")
        well_formed = head.startswith("bot") and bot.isdigit() and colon and secret and method
        return ApiError(401, "Unauthorized") if well_formed and token != self.world.token else not_found()

    def _file(self, rest: str) -> web.StreamResponse:
        head, _, path = rest.partition("/")
        refused = self._token_refused(head, "file")
        if refused:
            return _answer(refused.code, refused.body())
        found = next((one for one in self.world.files.values() if one.path == path), None)
        if found is None:
            return _answer(404, not_found().body())
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def _call(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        try:
            params = await read_params(request)
        except ApiError as error:
            return _answer(error.code, error.body())
        call = self.world.call(method, params)
        low, high = self.latency
        if high:
            await asyncio.sleep(random.uniform(low, high))
        failure = self.world.plan.take(method, call.chat)
        if failure is None:
            return await self._executed(call)
        return await self._failing(request, call, failure)

    async def _failing(self, request: web.BaseRequest, call: Call, failure: Failure) -> web.StreamResponse:
        match failure:
            case Slow(seconds):
                answer = await self._executed(call)
                await asyncio.sleep(seconds)
                return answer
            case ResetAfter():
                await self._executed(call)
                call.status = 0
                return _broken(request)
            case Reset():
                call.status = 0
                return _broken(request)
            case NotJson(status, body):
                call.status = status
                text = body or PAGE.format(path=request.path)
                return web.Response(text=text, status=status, content_type="text/html")
        return _refusal(call, failure)

    async def _executed(self, call: Call) -> web.Response:
        try:
            result = await self._result(call)
        except ApiError as error:
            call.status = error.code
            return _answer(error.code, error.body())
        call.status = 200
        return _answer(200, {"ok": True, "result": result})

    async def _result(self, call: Call) -> Any:
        if call.method.lower() == "getupdates":
            return await self._updates(call.params)
        return message_methods.execute(self.world, call)

    async def _updates(self, params: Json) -> list[Json]:
        if self.world.hook.url:
            raise ApiError(409, f"Conflict: {WEBHOOK_ACTIVE}")
        updates = self.world.updates
        allowed = texts(params, "allowed_updates")
        if allowed is not None:
            updates.allowed = allowed
        limit = min(100, max(1, number(params, "limit", 100)))
        timeout = min(MOST_POLL_SECONDS, number(params, "timeout", 0))
        return await updates.poll(number(params, "offset", 0), limit, timeout)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MOST_BODY)


def _refusal(call: Call, failure: TooManyRequests | HttpError) -> web.Response:
    if isinstance(failure, TooManyRequests):
        refused = too_many(failure.retry_after)
    else:
        refused = ApiError(failure.status, failure.description)
    call.status = refused.code
    return _answer(refused.code, refused.body())


def _answer(status: int, body: Json) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


def _broken(request: web.BaseRequest) -> web.Response:
    _break(request.transport)
    return web.Response()


def _break(transport: asyncio.BaseTransport | None) -> None:
    """Ends a connection the way a crashing machine does."""
    if transport is None:
        return
    found = transport.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    if isinstance(transport, asyncio.Transport):
        transport.abort()
