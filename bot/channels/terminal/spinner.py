"""A spinner for work that takes longer than a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console

DELAY_SECONDS = 0.4


@contextmanager
def show_spinner(out: Console, text: str) -> Iterator[None]:
    """Show a spinner with `text` if the block takes longer than a moment; nothing in a pipe."""
    if not out.is_interactive:
        yield
        return
    status = out.status(text)
    timer = Timer(DELAY_SECONDS, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
