"""`xingping serve` as a process of its own, beside a Bot API stand-in."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, Row, create_engine, text

from tests import migrated
from tests.standin import StandIn
from tests.standin.contact import Contact

STOP_SECONDS = 10.0
MODES = ("polling", "webhook")
MINE = "JOIN contacts ON contacts.id = contact_id WHERE address = '{}'"
NUMBERS = itertools.count(10_000)


@dataclass
class Served:
    """`settings` are XINGPING_ variables without their prefix; what is said on stderr goes to a file."""

    api: StandIn
    folder: Path
    mode: str = "polling"
    settings: dict[str, str] = field(default_factory=dict)
    measured: bool = True
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def database(self) -> str:
        return self.settings.get("DATABASE_URL") or f"sqlite:///{self.folder / 'data' / 'xingping.db'}"

    @cached_property
    def engine(self) -> Engine:
        """For a look at the database; no connection outlives its query."""
        return create_engine(self.database, poolclass=NullPool)

    @property
    def stderr(self) -> str:
        return (self.folder / "stderr").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start it, the first time on a database with the newest tables where it is an SQLite file."""
        file = self.folder / "data" / "xingping.db"
        if "DATABASE_URL" not in self.settings and not file.exists():
            migrated.copy_to(file)
        self.port = self.port or free_port()
        with (self.folder / "stderr").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as an operator does; it ends well and in time."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(STOP_SECONDS) == 0, self.stderr

    def rows(self, query: str) -> list[Row[Any]]:
        """What the database holds now."""
        with self.engine.connect() as db:
            return list(db.execute(text(query)))

    def wait_until(self, holds: Callable[[], object], what: str = "", seconds: float = 20.0) -> None:
        """Wait for something; the log and the latest calls tell why it did not come."""
        till = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > till:
                calls = "\n".join(str(call)[:200] for call in self.api.calls()[-8:])
                raise AssertionError(f"never: {what}\n{calls}\n{self.stderr[-3000:]}")
            time.sleep(0.01)

    def environment(self) -> dict[str, str]:
        left_out = ("XINGPING_",) if self.measured else ("XINGPING_", "COVERAGE_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook"} if self.mode == "webhook" else {}
        settings = {
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_API_BASE": self.api.base,
            "DATA_DIR": str(self.folder / "data"),
            "WEBHOOK_LISTEN": f"127.0.0.1:{self.port}",
            "SENDS_PER_CHAT": "0",
            "SENDS_PER_SECOND": "0",
            **hook,
            **self.settings,
        }
        return {**kept, **{f"XINGPING_{name}": value for name, value in settings.items()}}


@contextmanager
def served(
    folder: Path, mode: str = "polling", *, measured: bool = True, **settings: str
) -> Iterator[Served]:
    """Run the program, with or without coverage; at the end it is asked to stop, and does."""
    with StandIn() as api:
        one = Served(api, folder, mode, settings, measured)
        one.start()
        try:
            yield one
            if one.process is not None and one.process.poll() is None:
                one.stop()
        finally:
            if one.process is not None and one.process.poll() is None:
                one.kill()


@dataclass
class Person:
    """A contact who waits for the answer to each thing done."""

    served: Served
    contact: Contact

    def start(self) -> "Person":
        return self.does(lambda: self.contact.command("/start"))

    def say(self, *texts: str) -> "Person":
        for one in texts:
            self.does(lambda one=one: self.contact.say(one))  # type: ignore[misc]
        return self

    def press(self, *labels: str) -> "Person":
        for one in labels:
            self.does(lambda one=one: self.contact.press(one))  # type: ignore[misc]
        return self

    def does(self, act: Callable[[], object]) -> "Person":
        before = self.seen
        act()
        self.served.wait_until(lambda: self.seen != before and self.contact.labels(), "an answer")
        return self

    @property
    def seen(self) -> tuple[int, int]:
        screen = self.contact.screen()
        return (screen.id, screen.edits) if screen is not None and screen.from_bot else (0, 0)

    def recorded(self, what: str = "answers") -> list[tuple[str, str]]:
        """Key and value of each answer, or file of evidence, that this contact gave."""
        query = f"SELECT key, value FROM answers {MINE} AND field = '{what}' ORDER BY answers.id"
        return [(row.key, row.value) for row in self.served.rows(query.format(self.contact.id))]

    @property
    def text(self) -> str:
        screen = self.contact.screen()
        return "" if screen is None else screen.text

    def introduces(self, name: str = "青岛海风电器有限公司") -> "Person":
        """As far as the first condition of applying."""
        self.start().press("简体中文", "同意，开始").say(name).press("跳过", "跳过", "跳过")
        return self.say("2800", "300", "26", "3")

    def reaches_scoring(self) -> "Person":
        """As far as the first indicator."""
        self.introduces()
        while "申请条件" in self.text:
            self.press("符合")
        return self


def person(one: Served, number: int | None = None, **about: Any) -> Person:
    """Return the contact with that number, or a new one."""
    return Person(one, one.api.contact(next(NUMBERS) if number is None else number, **about))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
