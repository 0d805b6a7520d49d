"""What a conversation on this machine consists of, put together: settings, schemes, store, contact."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.channels.talk import StoredTalk
from bot.handout import Handout
from bot.reports.scorecard_json import scorecard_json
from bot.settings import Settings
from bot.store import Store
from bot.store.files import EvidenceFolder
from bot.turns import Turns, Who, utc_now
from rubric.library import Library
from rubric.score import Scorecard

CHANNEL = "terminal"


@dataclass(frozen=True, slots=True)
class Session:
    """A contact's talk, and what its channel needs besides."""

    talk: StoredTalk
    library: Library
    handout: Handout

    def graded(self, card: Scorecard) -> dict[str, Any]:
        """The scorecard's object, its label in the talk's language."""
        return scorecard_json(card, self.library.text(card.scheme.id, self.talk.locale()))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for; `now` None means the real clock, `url` None the settings' database."""

    name: str
    locale: str | None = None
    now: datetime | None = None
    url: str | None = None


@contextmanager
def session(settings: Settings, library: Library, wish: Wish) -> Iterator[Session]:
    """The contact's own conversation. Raises StoreError."""
    store = Store.open(wish.url or settings.database)
    try:
        yield _session(store, settings.data_dir, settings, library, wish)
    finally:
        store.close()


@contextmanager
def fresh_session(settings: Settings, library: Library, wish: Wish) -> Iterator[Session]:
    """A conversation that begins from nothing and leaves nothing behind."""
    with TemporaryDirectory(prefix="xingping-") as folder:
        store = Store.open(f"sqlite:///{folder}/talk.db")
        try:
            yield _session(store, Path(folder), settings, library, wish)
        finally:
            store.close()


def _session(store: Store, folder: Path, settings: Settings, library: Library, wish: Wish) -> Session:
    turns = Turns(store, library, _clock(wish.now))
    who = Who(CHANNEL, wish.name, wish.name, wish.locale or settings.language)
    keep = EvidenceFolder(folder / "evidence", settings.max_file_mb).keep
    return Session(StoredTalk(turns, who, keep, wish.locale), library, Handout(folder / "reports"))


def _clock(now: datetime | None) -> Callable[[], datetime]:
    return utc_now if now is None else lambda: now
