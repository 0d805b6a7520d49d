"""Posts updates to the bot's webhook, several at once and again until they are taken."""

import asyncio
import json
import time
from contextlib import suppress

import aiohttp

from tests.standin import message_methods
from tests.standin.errors import ApiError
from tests.standin.state import Hook, World
from tests.standin.updates import Entry

RETRY_SECONDS = 0.2
TIMEOUT_SECONDS = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Poster:
    def __init__(self, world: World) -> None:
        self.world = world
        self.pause = RETRY_SECONDS
        self.timeout = TIMEOUT_SECONDS
        self.most: int | None = None
        self._wake = asyncio.Event()
        self._posts: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        world.updates.woken.append(self._wake.set)
        world.hook_changed.append(self._wake.set)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        running = [*self._posts, *([self._task] if self._task else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            while True:
                await self._wake.wait()
                self._wake.clear()
                if self.world.hook.url:
                    self._start_posts()

    def _start_posts(self) -> None:
        most = self.most or self.world.hook.connections
        for entry in self.world.updates.ready(len(self.world.updates.pending)):
            if len(self._posts) >= most:
                return
            entry.in_flight = True
            task = asyncio.create_task(self._deliver(entry))
            self._posts.add(task)
            task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._posts.discard(task)
        self._wake.set()

    async def _deliver(self, entry: Entry) -> None:
        """One attempt, and the pause after one that failed."""
        try:
            if await self._post(entry, self.world.hook):
                self.world.updates.done(entry)
            else:
                await asyncio.sleep(self.pause)
        finally:
            entry.in_flight = False

    async def _post(self, entry: Entry, hook: Hook) -> bool:
        if entry.posted is None:
            entry.posted = time.monotonic()
        headers = {
            "Content-Type": "application/json",
            **({SECRET_HEADER: hook.secret} if hook.secret else {}),
        }
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        body = json.dumps(entry.body).encode()
        try:
            async with self._session.post(hook.url, data=body, headers=headers, timeout=timeout) as answer:
                found = await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return self._failed(hook, f"Connection failed: {type(error).__name__}")
        if not 200 <= answer.status < 300:
            return self._failed(hook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
        self._do(found)
        return True

    def _failed(self, hook: Hook, why: str) -> bool:
        hook.error, hook.error_at = why, int(time.time())
        return False

    def _do(self, body: bytes) -> None:
        """An answer may be a call."""
        with suppress(ValueError):
            found = json.loads(body)
            if not isinstance(found, dict) or not isinstance(found.get("method"), str):
                return
            call = self.world.call(found.pop("method"), found)
            try:
                message_methods.execute(self.world, call)
                call.status = 200
            except ApiError as error:
                call.status = error.code
