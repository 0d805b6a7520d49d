"""A progress bar for long commands, on standard error and only at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

ProgressReporter = Callable[[int, int], None]
"""Takes how many are done, and how many there are."""


@contextmanager
def progress_bar(words: str) -> Iterator[ProgressReporter]:
    """A bar that goes away when all is done."""
    out = Console(stderr=True)
    with Progress(console=out, transient=True, disable=not out.is_interactive) as bar:
        task = bar.add_task(words, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
