"""The stand-in as tests hold it."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.standin.contact import Contact, Group
from tests.standin.errors import Json
from tests.standin.failures import Failure
from tests.standin.http_server import Serving
from tests.standin.loop_thread import LoopThread, in_loop
from tests.standin.rate_limits import Exceeded, Floods
from tests.standin.state import Call, Chat, Hook, Query, World
from tests.standin.webhook import Poster

TOKEN = "123456:TEST-token_of_the_stand-in"
USERNAME = "xingping_test_bot"
TAIL = 15


class StandIn:
    """Serves from a thread of its own; every method here may be called from any thread."""

    def __init__(self, *, port: int = 0, token: str = TOKEN, username: str = USERNAME) -> None:
        self.token, self.username = token, username
        self.world = World(token, username)
        self.thread = LoopThread()
        self._serving = Serving(self.world, port)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        self.thread.start()
        self.thread.run(self._open())

    def stop(self) -> None:
        self.thread.run(self._close())
        self.thread.stop()

    async def _open(self) -> None:
        await self._serving.open()
        self._poster = Poster(self.world)
        self._poster.start()

    async def _close(self) -> None:
        await self._poster.close()
        await self._serving.close()

    @property
    def port(self) -> int:
        return self._serving.port

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @in_loop
    def contact(
        self,
        user_id: int,
        *,
        first_name: str = "李明",
        language_code: str = "zh-hans",
        username: str | None = None,
    ) -> Contact:
        """A person; the bot may write to them after they wrote first."""
        user = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        if username is not None:
            user["username"] = username
        return Contact(self.thread, self.world, self.world.users.setdefault(user_id, user))

    @in_loop
    def group(self, chat_id: int, title: str) -> Group:
        raw = {"id": chat_id, "type": "supergroup", "title": title}
        return Group(self.thread, self.world, self.world.chats.setdefault(chat_id, Chat(raw)))

    @in_loop
    def update(self, raw: Json) -> int:
        """Queues anything at all; its id is the next one unless it brings its own."""
        return self.world.updates.add_raw(raw)

    @in_loop
    def redeliver(self, update_id: int) -> None:
        """Hands out an update once more, whatever was confirmed."""
        self.world.updates.add_again(update_id)

    @in_loop
    def shuffle(self, wanted: bool) -> None:
        self.world.updates.shuffled = wanted

    @property
    def next_update_id(self) -> int:
        return self.world.updates.next_id

    @next_update_id.setter
    def next_update_id(self, number: int) -> None:
        self.thread.call(lambda: setattr(self.world.updates, "next_id", number))

    @in_loop
    def fail(self, method: str, failure: Failure, *, chat: int | None = None, times: int | None = 1) -> None:
        """`method` "*" is any; `times` None is until `heal`."""
        self.world.plan.add(method, failure, chat, times)

    @in_loop
    def heal(self) -> None:
        self.world.plan.planned.clear()

    def down(self) -> None:
        """Nobody listens any more, and all connections break."""
        self.thread.run(self._serving.down())

    def up(self) -> None:
        self.thread.run(self._serving.up())

    @property
    def latency(self) -> tuple[float, float]:
        return self._serving.latency

    @latency.setter
    def latency(self, seconds: tuple[float, float]) -> None:
        self._serving.latency = seconds

    @in_loop
    def limits(self, per_second: float = 30.0, per_chat: float = 1.0, burst: float = 3.0) -> None:
        """Refuses calls that come faster, as Telegram does."""
        self.world.floods = Floods(per_second, per_chat, burst)

    @in_loop
    def no_limits(self) -> None:
        self.world.floods = None

    @in_loop
    def exceeded(self) -> list[Exceeded]:
        return list(self.world.floods.exceeded) if self.world.floods else []

    @in_loop
    def webhook_pace(
        self, *, retry: float = 0.2, timeout: float = 60.0, connections: int | None = None
    ) -> None:
        """How the webhook is called; `connections` goes before what setWebhook asked for."""
        self._poster.pause, self._poster.timeout, self._poster.most = retry, timeout, connections

    @in_loop
    def query_lifetime(self, seconds: float) -> None:
        """How long a press can be answered."""
        self.world.query_seconds = seconds

    @in_loop
    def calls(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        return [
            one
            for one in self.world.calls
            if (method is None or one.method.lower() == method.lower()) and chat in {None, one.chat}
        ]

    @in_loop
    def delivered(self) -> set[int]:
        """The updates that Telegram would not hand out again."""
        return set(self.world.updates.delivered)

    @in_loop
    def pending(self) -> list[int]:
        return [one.number for one in self.world.updates.pending]

    @in_loop
    def webhook(self) -> Hook:
        return self.world.hook

    @in_loop
    def queries(self) -> dict[str, Query]:
        return dict(self.world.queries)

    def wait_until(self, predicate: Callable[[], object], timeout: float = 10.0, what: str = "") -> None:
        deadline = time.monotonic() + timeout
        while not predicate():
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"in {timeout} s not {what or 'come true'}; the last calls:\n{self._tail()}"
                )
            time.sleep(0.01)

    def _tail(self) -> str:
        return "\n".join(f"{one.status} {one.method} {one.params}" for one in self.calls()[-TAIL:])
