"""A progress bar for long commands, on standard error and only at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from bot.progress import ProgressReporter


@contextmanager
def progress_bar(words: str) -> Iterator[ProgressReporter]:
    """A bar that goes away when all is done."""
    out = Console(stderr=True)
    with Progress(console=out, transient=True, disable=not out.is_interactive) as bar:
        task = bar.add_task(words, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
