"""The bots that are measured: how each is started, and what CPU it has used."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.telegram.arguments import hook_url
from tests.bench.telegram.crowd import Crowd, Manner
from tests.standin import StandIn

ROOT = Path(__file__).parents[3]
TICK = 1 / os.sysconf("SC_CLK_TCK")
END_SECONDS = 3.0
Mode = str
"""`polling` or `webhook`."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot by its module and arguments; `serves`: it is set up by the environment, as xingping is."""

    name: str
    command: tuple[str, ...]
    serves: bool = False


ECHO = Bot("PTB echo", ("tests.bench.telegram.ptb_bot", "echo"))
CONVERSATION = Bot("PTB ConversationHandler", ("tests.bench.telegram.ptb_bot", "conversation"))
DIALOG = Bot("aiogram_dialog", ("tests.bench.telegram.aiogram_bot",))
XINGPING = Bot("xingping serve", ("bot", "serve"), serves=True)
WATCHED = Bot("xingping serve", ("tests.bench.telegram.serve_bot",), serves=True)


@dataclass(frozen=True, slots=True)
class Playing:
    """A bot that runs, its stand-in and the crowd that talks to it."""

    bot: Bot
    mode: Mode
    stand_in: StandIn
    crowd: Crowd
    log: Path


@contextmanager
def running(bot: Bot, mode: Mode, folder: Path, size: int, lateness: Path | None = None) -> Iterator[Playing]:
    """The bot as a process of its own, beside its stand-in."""
    folder.mkdir(parents=True)
    log = folder / "log"
    with StandIn() as stand_in, log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *bot.command, *_more(bot, stand_in, mode, lateness)],
            cwd=folder,
            env=_environment(bot, stand_in, mode, folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            crowd = Crowd(stand_in, size, lambda: cpu_of(process.pid))
            yield Playing(bot, mode, stand_in, crowd, log)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """One with much left to answer would take its time for that."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def set_up(playing: Sequence[Playing], manner: Callable[[Bot], Manner]) -> None:
    """Have every crowd talk until it is where measuring begins, all at once."""

    def one(each: Playing) -> None:
        try:
            each.crowd.set_up(manner(each.bot))
        except TimeoutError:
            raise AssertionError(f"{each.bot.name}, {each.mode}: {each.log.read_text()[-2000:]}") from None

    with ThreadPoolExecutor(len(playing)) as pool:
        list(pool.map(one, playing))


def cpu_of(process: int) -> float:
    """CPU seconds that the process has used, with all its threads."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) * TICK


def _more(bot: Bot, stand_in: StandIn, mode: Mode, lateness: Path | None) -> list[str]:
    if bot.serves:
        return [str(lateness)] if lateness else []
    more = ["--base", stand_in.base, "--token", stand_in.token]
    more += ["--hook-port", str(_free_port())] if mode == "webhook" else []
    return [*more, "--lateness", str(lateness)] if lateness else more


def _environment(bot: Bot, stand_in: StandIn, mode: Mode, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINGPING_")}
    kept["PYTHONPATH"] = str(ROOT)
    if not bot.serves:
        return kept
    port = _free_port()
    return {
        **kept,
        "XINGPING_DATA_DIR": str(folder / "data"),
        "XINGPING_TELEGRAM_TOKEN": stand_in.token,
        "XINGPING_TELEGRAM_API_BASE": stand_in.base,
        "XINGPING_SENDS_PER_SECOND": "0",
        "XINGPING_SENDS_PER_CHAT": "0",
        "XINGPING_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "XINGPING_WEBHOOK_URL": hook_url(port) if mode == "webhook" else "",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
