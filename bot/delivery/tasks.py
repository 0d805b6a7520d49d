"""The end of asyncio tasks."""

import asyncio
from collections.abc import Collection


async def wait_or_cancel(tasks: Collection[asyncio.Task[None]], seconds: float) -> None:
    """Wait for the tasks, and cancel those that take longer."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
