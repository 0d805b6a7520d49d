"""The store: one engine, migrated when it is opened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, Engine

from bot.store.cache import RevisionCache
from bot.store.engine import LostRaceError, engine_in_memory, open_engine, translate_db_errors
from bot.store.migrate import upgrade

T = TypeVar("T")
RETRIES = 5
"""How often work is repeated after another transaction was saved first."""


@dataclass(frozen=True, slots=True)
class Store:
    engine: Engine
    cache: RevisionCache = field(default_factory=RevisionCache)

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open the store at a database URL and migrate it. Raises StoreError."""
        return cls._open_upgraded(open_engine(url))

    @classmethod
    def in_memory(cls) -> "Store":
        """Open an empty store that is lost when it is closed."""
        return cls._open_upgraded(engine_in_memory())

    @classmethod
    def _open_upgraded(cls, engine: Engine) -> "Store":
        opened = cls(engine)
        try:
            with translate_db_errors():
                upgrade(opened.engine)
        except BaseException:
            opened.close()
            raise
        return opened

    def run(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns, once its transaction is committed; repeat it when it lost a race.

        Work may run several times, and so changes only the store. Raises StoreError.
        """
        for _ in range(RETRIES):
            with suppress(LostRaceError), self.transaction() as db:
                return work(db)
        with self.transaction() as db:
            return work(db)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run a transaction, committed at the end. Raises StoreError."""
        try:
            with translate_db_errors(), self.engine.begin() as connection:
                yield connection
        except BaseException:
            self.cache.clear()
            raise

    def close(self) -> None:
        self.engine.dispose()
