"""What each bot of the bench is started with, and how it is told to end."""

import argparse
import asyncio
import signal
from pathlib import Path

HOOK_PATH = "/hook"


def arguments(*kinds: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    if kinds:
        parser.add_argument("kind", choices=kinds)
    parser.add_argument("--base", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--hook-port", type=int, help="by webhook, received here; else by polling")
    parser.add_argument("--lateness", type=Path, help="where to write how late the event loop was")
    return parser.parse_args()


def hook_url(port: int) -> str:
    return f"http://127.0.0.1:{port}{HOOK_PATH}"


async def told_to_end() -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
