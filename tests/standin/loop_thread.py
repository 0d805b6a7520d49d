"""A thread with an event loop, and calls into it from other threads."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

PATIENCE_SECONDS = 30

P = ParamSpec("P")
T = TypeVar("T")


class LoopThread:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="stand-in", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def call(self, do: Callable[[], T]) -> T:
        """What `do` returns, run between two steps of the loop."""
        if not self._thread.is_alive() or threading.get_ident() == self._thread.ident:
            return do()
        done: Future[T] = Future()
        self.loop.call_soon_threadsafe(_settle, done, do)
        return done.result(PATIENCE_SECONDS)

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = PATIENCE_SECONDS) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_SECONDS)
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


def _settle(done: Future[T], do: Callable[[], T]) -> None:
    try:
        done.set_result(do())
    except BaseException as error:
        done.set_exception(error)


class InLoop(Protocol):
    @property
    def thread(self) -> LoopThread: ...


S = TypeVar("S", bound=InLoop)


def in_loop(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """For methods of what has a `thread`: they may be called from anywhere and run inside its loop."""

    @wraps(method)
    def call(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.thread.call(lambda: method(self, *args, **kwargs))

    return cast("Callable[Concatenate[S, P], T]", call)
