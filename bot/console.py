"""The terminal that this program runs in."""

from rich.console import Console


def console() -> Console:
    """This terminal: no colours in a pipe or under NO_COLOR, and nothing of a text is taken as markup."""
    return Console(markup=False, emoji=False, highlight=False)
