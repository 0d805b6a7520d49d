"""The store, for asyncio: work goes to threads, and on SQLite what waits together is committed together."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.store import Store

T = TypeVar("T")
Work = Callable[[Connection], Any]
MOST_PER_COMMIT = 32
THREADS = 8
"""At most so many transactions at once on PostgreSQL; SQLite has one writer."""


class DbExecutor:
    """Runs work in transactions; what `run` returns is committed. Work may be run again, and so changes only the store.

    SQLite commits with a sync to the disk, which is most of what a small transaction costs: all that has come up
    while one was under way goes into the next. Should anything in it fail, each piece is run by itself.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._together = store.engine.dialect.name == "sqlite"
        self._pool = ThreadPoolExecutor(1 if self._together else THREADS, thread_name_prefix="store")
        self._waiting: deque[tuple[Work, asyncio.Future[Any]]] = deque()
        self._busy = False

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work returns, once it is committed. Raises what it raises, and StoreError."""
        loop = asyncio.get_running_loop()
        if not self._together:
            return await loop.run_in_executor(self._pool, self._store.run, work)
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((work, future))
        if not self._busy:
            self._busy = True
            self._pool.submit(self._run_batch, loop)
        return await future

    def close(self) -> None:
        """Let what is under way end, then stop."""
        self._pool.shutdown(wait=True)

    def _run_batch(self, loop: asyncio.AbstractEventLoop) -> None:
        jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_PER_COMMIT))]
        results = self._run_all([work for work, _ in jobs])
        loop.call_soon_threadsafe(self._hand_out_results, loop, [future for _, future in jobs], results)

    def _hand_out_results(
        self, loop: asyncio.AbstractEventLoop, futures: Sequence[asyncio.Future[Any]], results: Sequence[Any]
    ) -> None:
        """Hand the results out, and begin with what has come up meanwhile."""
        for future, result in zip(futures, results, strict=True):
            if future.cancelled():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
        self._busy = bool(self._waiting)
        if self._busy:
            self._pool.submit(self._run_batch, loop)

    def _run_all(self, works: Sequence[Work]) -> list[Any]:
        """What each brought, or the exception that it ended with."""
        if len(works) > 1:
            try:
                with self._store.transaction() as db:
                    return [work(db) for work in works]
            except Exception:  # noqa: S110 - found out below, one by one
                pass
        return [self._run_one(work) for work in works]

    def _run_one(self, work: Work) -> Any:
        try:
            return self._store.run(work)
        except Exception as error:
            return error
