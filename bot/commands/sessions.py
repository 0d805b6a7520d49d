"""What a conversation on this machine consists of, put together: settings, schemes, store, contact."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.commands import arguments
from bot.conversations.attachments import Handout
from bot.conversations.local import StoredTalk
from bot.conversations.preview import OneScheme
from bot.conversations.turns import Turns, Who, utc_now
from bot.database_url import sqlite_url
from bot.reports.scorecard_json import scorecard_json
from bot.settings import Settings, load_settings
from bot.store import Store
from bot.store.evidence import EvidenceFolder
from rubric.library.library import Library
from rubric.model.scheme import Scheme
from rubric.scoring.scorecard import Scorecard

CHANNEL = "terminal"


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """What a command line or a transcript asks for; None leaves it to the settings and the real clock."""

    name: str
    locale: str | None = None
    now: str | None = None
    url: str | None = None
    schemes: Path | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A contact's talk, and what its channel needs besides; `folder` is for files of this contact's own."""

    talk: StoredTalk
    library: Library
    folder: Path
    handout: Handout
    began: datetime

    def graded(self, card: Scorecard) -> dict[str, Any]:
        """The scorecard's object, its label in the talk's language."""
        return scorecard_json(card, self.library.words_of(card.scheme, self.talk.locale()))


@contextmanager
def session(wish: SessionOptions) -> Iterator[Session]:
    """The contact's own conversation. Raises StoreError, SettingsError and click's errors."""
    settings = load_settings()
    with _over(wish, settings, settings.data_dir, arguments.database(wish.url)) as found:
        yield found


@contextmanager
def fresh_session(wish: SessionOptions) -> Iterator[Session]:
    """A conversation that begins from nothing and leaves nothing behind."""
    with (
        TemporaryDirectory(prefix="xingping-") as folder,
        _over(wish, load_settings(), Path(folder), sqlite_url(Path(folder, "talk.db"))) as found,
    ):
        yield found


@contextmanager
def previewed(name: str, lang: str | None, schemes: Path | None) -> Iterator[tuple[Session, Scheme]]:
    """A conversation in memory under scheme `name` alone. Raises click's errors and FaultsFoundError."""
    library, settings = arguments.library(schemes, drafts=True), load_settings()
    scheme, _ = arguments.scheme_and_text(library, name, arguments.locale(lang))
    alone, wish = OneScheme(library, scheme.id, scheme.version), SessionOptions(name, lang)
    with TemporaryDirectory(prefix="xingping-") as folder, closing(Store.in_memory()) as store:
        yield _session(wish, settings, Path(folder), store, alone, None), scheme


@contextmanager
def _over(wish: SessionOptions, settings: Settings, folder: Path, url: str) -> Iterator[Session]:
    library = arguments.library(wish.schemes)
    now = arguments.instant(wish.now, "--now")
    with closing(Store.open(url)) as store:
        found = _session(wish, settings, folder, store, library, now)
        if now is None:  # a clock that was set may be anywhere, and must not make others forget
            found.talk.turns.forget_old_inputs()
            found.talk.turns.clear_away()
        yield found


def _session(  # noqa: PLR0913, PLR0917 - all that a conversation consists of
    wish: SessionOptions,
    settings: Settings,
    folder: Path,
    store: Store,
    library: Library,
    now: datetime | None,
) -> Session:
    """The contact's side of the talk over what is open; without `now` by the real clock."""
    evidence = EvidenceFolder(folder / "evidence", settings.max_file_mb)
    clock = utc_now if now is None else lambda: now
    turns = Turns(store, library, clock, evidence.path, str(settings.timezone))
    who = Who(CHANNEL, wish.name, wish.name, wish.locale or settings.language)
    talk = StoredTalk(turns, who, evidence.keep, wish.locale)
    return Session(talk, library, folder, Handout(folder / "reports"), now or utc_now())
