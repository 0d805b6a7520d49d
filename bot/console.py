"""Text on a terminal: line breaking for wide characters, block styles, the line width.

rich and wcwidth break Chinese anywhere, even before a full stop. Here a line may break at spaces and next to wide
characters, but never before closing or after opening punctuation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from dialogs import Block, BlockKind

WIDEST_LINE = 88


def make_console() -> Console:
    """Return a console without markup; without colours in a pipe or under NO_COLOR."""
    return Console(markup=False, emoji=False, highlight=False)


def style_of(kind: BlockKind) -> str:
    """Return the style of a kind of block; a missing kind is an error of types."""
    match kind:
        case "question":
            return "bold"
        case "place" | "hint":
            return "dim"
        case "saved":
            return "green"
        case "notice":
            return "yellow"
        case "body" | "detail" | "picture":
            return ""


def line_width(out: Console) -> int:
    """Return the line width: that of the terminal, at most WIDEST_LINE."""
    return min(out.width, WIDEST_LINE)


def show_block(out: Console, block: Block) -> None:
    """Print the block and an empty line; a picture that does not fit is left out."""
    width = line_width(out)
    if block.kind == "picture" and max(map(cell_len, block.text.split("\n"))) > width:
        return
    out.print(WrappedText(block.text, style_of(block.kind)), width=width)
    out.print()


CLOSING_PUNCTUATION = frozenset("，。、；：？！…—·％‰℃）］｝」』】》〉〕〗〙”’,.;:?!)]}%々ー～")
OPENING_PUNCTUATION = frozenset("（［｛「『【《〈〔〖〘“‘([{￥")


def wrap_text(text: str, width: int) -> list[str]:
    """Split the text into lines of at most `width` cells; existing line breaks are kept."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, max(width, 2))]


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(paragraph, width):
        taken = cell_len(piece)
        if line and used + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line, used = "", 0
        line, used = line + piece, used + taken
    yield line.rstrip()


def _pieces(paragraph: str, width: int) -> Iterator[str]:
    """Yield the parts that stay together: a word with its trailing spaces, a wide character with its punctuation."""
    piece = ""
    for character in paragraph:
        if piece and (_may_break(piece, character) or cell_len(piece + character.rstrip()) > width):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if (
        after.isspace()
        or after in CLOSING_PUNCTUATION
        or before[-1] in OPENING_PUNCTUATION
        or _is_one_sign(before[-1], after)
    ):
        return False
    return before[-1].isspace() or cell_len(before[-1]) == 2 or cell_len(after) == 2


def _is_one_sign(before: str, after: str) -> bool:
    """Tell whether both belong to one sign: an accent, a variation selector, a joined emoji."""
    return cell_len(after) == 0 or before == "\u200d"


@dataclass(frozen=True, slots=True)
class WrappedText:
    """Wrapped text as something that rich prints, in a table's cell as well."""

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in wrap_text(self.text, options.max_width):
            yield Text(line, self.style, no_wrap=True, overflow="ignore")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max(cell_len(line) for line in self.text.split("\n"))
        return Measurement(min(longest, 8), longest).with_maximum(options.max_width)
