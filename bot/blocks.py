"""A screen's paragraphs in a terminal. Colours only add to what the words say."""

from rich.console import Console

from bot.prose import Prose
from dialogs.messages import Block, BlockKind

WIDEST = 88
STYLES: dict[BlockKind, str] = {
    "place": "dim",
    "question": "bold",
    "body": "",
    "saved": "green",
    "notice": "yellow",
    "detail": "",
    "hint": "dim",
}


def width_of(out: Console) -> int:
    """Lines longer than this are hard to read, however wide the terminal is."""
    return min(out.width, WIDEST)


def show_block(out: Console, block: Block) -> None:
    """The paragraph and an empty line."""
    out.print(Prose(block.text, STYLES[block.kind]), width=width_of(out))
    out.print()
