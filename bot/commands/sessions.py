"""A conversation on this machine: settings, schemes, store and contact put together."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.commands import arguments
from bot.conversations.attachments import AttachmentFolder
from bot.conversations.local import StoredTalk
from bot.conversations.preview import SingleSchemeLibrary
from bot.conversations.turns import ChannelUser, TurnService, utc_now
from bot.database_url import sqlite_url
from bot.error_report import log_errors_to_file
from bot.reports.scorecard_json import scorecard_json
from bot.settings import Settings, load_settings
from bot.store import Store
from bot.store.evidence import EvidenceFolder
from rubric import Library, Scheme, Scorecard

CHANNEL = "terminal"


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """What a command line or transcript asks for; None means the settings or the real clock."""

    name: str
    locale: str | None = None
    now: str | None = None
    url: str | None = None
    schemes: Path | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A contact's conversation and what its channel needs; `folder` is for this contact's files."""

    talk: StoredTalk
    library: Library
    folder: Path
    attachment_folder: AttachmentFolder
    started_at: datetime

    def scorecard_object(self, card: Scorecard) -> dict[str, Any]:
        """Return the scorecard as an object, its label in the conversation's language."""
        return scorecard_json(card, self.library.text_for(card.scheme, self.talk.locale()))


@contextmanager
def open_session(options: SessionOptions) -> Iterator[Session]:
    """Open the contact's conversation. Raises StoreError, SettingsError and click's errors."""
    settings = load_settings()
    with _open_session_in(
        options, settings, settings.data_dir, arguments.choose_database_url(options.url)
    ) as found:
        yield found


@contextmanager
def open_fresh_session(options: SessionOptions) -> Iterator[Session]:
    """Open an empty conversation that is deleted at the end."""
    with (
        TemporaryDirectory(prefix="xingping-") as folder,
        _open_session_in(
            options, load_settings(), Path(folder), sqlite_url(Path(folder, "talk.db"))
        ) as found,
    ):
        yield found


@contextmanager
def open_preview_session(
    name: str, lang: str | None, schemes: Path | None
) -> Iterator[tuple[Session, Scheme]]:
    """A conversation in memory under scheme `name` alone. Raises click's errors and FaultsFoundError."""
    library, settings = arguments.load_library(schemes, drafts=True), load_settings()
    scheme, _ = arguments.load_scheme_and_text(library, name, arguments.choose_locale(lang))
    alone, wish = SingleSchemeLibrary(library, scheme.id, scheme.version), SessionOptions(name, lang)
    with TemporaryDirectory(prefix="xingping-") as folder, closing(Store.in_memory()) as store:
        yield _make_session(wish, settings, Path(folder), store, alone, None), scheme


@contextmanager
def _open_session_in(
    options: SessionOptions, settings: Settings, folder: Path, url: str
) -> Iterator[Session]:
    library = arguments.load_library(options.schemes)
    now = arguments.parse_instant(options.now, "--now")
    with closing(Store.open(url)) as store:
        found = _make_session(options, settings, folder, store, library, now)
        if now is None:  # a clock that was set may be anywhere, and must not make others forget
            found.talk.turns.forget_old_inputs()
            found.talk.turns.remove_doomed_files()
        yield found


def _make_session(  # noqa: PLR0913, PLR0917 - all that a conversation consists of
    options: SessionOptions,
    settings: Settings,
    folder: Path,
    store: Store,
    library: Library,
    now: datetime | None,
) -> Session:
    """Return the contact's conversation; without `now`, with the real clock."""
    log_errors_to_file()
    evidence = EvidenceFolder(folder / "evidence", settings.max_file_mb)
    clock = utc_now if now is None else lambda: now
    turns = TurnService(store, library, clock, evidence.path_of, str(settings.timezone))
    who = ChannelUser(CHANNEL, options.name, options.name, options.locale or settings.language)
    talk = StoredTalk(turns, who, evidence.keep, options.locale)
    return Session(talk, library, folder, AttachmentFolder(folder / "reports"), now or utc_now())
