"""A real store on SQLite and on PostgreSQL, and a talk over it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from bot.store.schema import SCHEMA
from dialogs.model.messages import ButtonPress, ChatStart, Reply, Screen, TextInput, UserInput
from rubric.library.library import Library
from tests import migrated
from tests.postgres import PostgresServer

EVENING = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database with the newest tables, to be copied."""
    with postgres_server.database() as name:
        Store.open(postgres_server.url(name)).close()
        yield name


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    with postgres_server.database(postgres_template) as name:
        yield postgres_server.url(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> str:
    """The URL of a database with the newest tables and nothing in them."""
    if backend == "sqlite":
        return migrated.copy_to(tmp_path / "talk.db")
    found: str = request.getfixturevalue("migrated_postgres_url")
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store.open(url)
    yield opened
    opened.close()


class Talker:
    """One contact, talking over the store; its clock moves only when it is told to."""

    def __init__(self, store: Store, name: str = "li") -> None:
        self.now = EVENING
        self.turns = TurnService(store, Library.from_folders(), lambda: self.now)
        self.who = ChannelUser("terminal", name, name, "zh-Hans")
        self.replies: tuple[Reply, ...] = ()
        self.give(ChatStart())

    def give(self, inbound: UserInput, inbound_id: str | None = None) -> Screen:
        self.replies = self.turns.take_turn(self.who, inbound, inbound_id)
        return self.screen

    def press(self, *buttons: str) -> Screen:
        for button in buttons:
            self.give(ButtonPress(button))
        return self.screen

    def say(self, *texts: str) -> Screen:
        for text in texts:
            self.give(TextInput(text))
        return self.screen

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def reach_scoring(self) -> Screen:
        """Go as far as the first indicator, everything up to there answered."""
        self.press("lang:zh-Hans", "nav:next")
        self.say("海风家电连锁有限公司")
        self.press("nav:next", "nav:next", "nav:next")
        self.say("2800", "300", "26", "3")
        while self.screen.state.startswith("eligibility."):
            self.press("answer:met")
        return self.screen

    @property
    def screen(self) -> Screen:
        shown = self.replies[-1]
        assert isinstance(shown, Screen)
        return shown


@pytest.fixture
def talker(store: Store) -> Talker:
    return Talker(store)


def invitation(talker: Talker) -> str:
    """A new invitation code."""
    talker.say("邀请同事")
    return talker.press("invitation:new").text.partition("：")[2][:11]


def rows(store: Store, table: str) -> int:
    """How many rows a table has."""
    with store.transaction() as db:
        counted: int = db.execute(select(func.count()).select_from(SCHEMA.tables[table])).scalar_one()
        return counted
