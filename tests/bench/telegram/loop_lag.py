"""How late an event loop comes to what is due: for so long something else has held it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

STEP_SECONDS = 0.004


@asynccontextmanager
async def watched(path: Path | None) -> AsyncIterator[None]:
    """Write at the end when the loop was how late, where there is a path for it."""
    if path is None:
        yield
        return
    found: list[tuple[float, float]] = []
    task = asyncio.create_task(_watch(found))
    try:
        yield
    finally:
        task.cancel()
        path.write_text(json.dumps(found))


async def _watch(found: list[tuple[float, float]]) -> None:
    while True:
        due = time.monotonic() + STEP_SECONDS
        await asyncio.sleep(STEP_SECONDS)
        now = time.monotonic()
        found.append((now, now - due))


def lateness_within(path: Path, spans: list[tuple[float, float]]) -> list[float]:
    """The seconds by which the loop was late within these spans of time, the shortest first."""
    found = json.loads(path.read_text())
    return sorted(late for at, late in found if any(begun <= at <= ended for begun, ended in spans))
