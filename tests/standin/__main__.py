"""The stand-in as a program: `python -m tests.standin --port 8081`.

With --contacts it waits for the bot, lets them write, prints what it measured as JSON and ends.
"""

import argparse
import importlib
import json
import signal
import threading
from typing import Any

from tests.standin.load_generator import Script, run_load
from tests.standin.stand_in import StandIn


def main() -> None:
    wanted = _arguments()
    with StandIn(port=wanted.port) as stand_in:
        stand_in.latency = tuple(wanted.latency)
        print(json.dumps({"base": stand_in.base, "token": stand_in.token}), flush=True)
        if wanted.contacts:
            print(json.dumps(_measured(stand_in, wanted)), flush=True)
        else:
            _wait_for_signal()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, nargs=2, default=(0.0, 0.0), metavar=("LOW", "HIGH"))
    parser.add_argument("--contacts", type=int, default=0, help="how many write")
    parser.add_argument("--turns", type=int, help="how often each of them writes")
    parser.add_argument("--seconds", type=float, help="for how long they write")
    parser.add_argument("--warm-up", type=float, default=0.0, help="seconds that do not count")
    parser.add_argument(
        "--script", default="tests.standin.load_generator:first_button", help="module:function"
    )
    wanted = parser.parse_args()
    if wanted.contacts and wanted.turns is None and wanted.seconds is None:
        parser.error("--contacts needs --turns or --seconds")
    return wanted


def _measured(stand_in: StandIn, wanted: argparse.Namespace) -> dict[str, Any]:
    return run_load(
        stand_in,
        contacts=wanted.contacts,
        turns=wanted.turns,
        seconds=wanted.seconds,
        warm_up=wanted.warm_up,
        script=_script(wanted.script),
    )


def _script(name: str) -> Script:
    module, _, function = name.partition(":")
    found: Script = getattr(importlib.import_module(module), function)
    return found


def _wait_for_signal() -> None:
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    ended.wait()


if __name__ == "__main__":
    main()
