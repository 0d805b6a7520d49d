"""The store: one engine, brought to the newest tables when it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from bot.store.cache import RevisionCache
from bot.store.engine import engine_in_memory, open_engine, translate_db_errors
from bot.store.migrate import upgrade


@dataclass(frozen=True, slots=True)
class Store:
    engine: Engine
    cache: RevisionCache = field(default_factory=RevisionCache)

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store at a database URL, migrated. Raises StoreError."""
        return cls._open_upgraded(open_engine(url))

    @classmethod
    def in_memory(cls) -> "Store":
        """A store that begins empty and is gone when it is closed."""
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

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing, committed at the end. Raises StoreError."""
        try:
            with translate_db_errors(), self.engine.begin() as connection:
                yield connection
        except BaseException:
            self.cache.clear()
            raise

    def close(self) -> None:
        self.engine.dispose()
