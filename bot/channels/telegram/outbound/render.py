"""Screens as Telegram messages: HTML in parts of the size it takes, and rows of buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rich.cells import cell_len

from bot.channels.telegram.transport.catalogue import translate
from dialogs import Block, BlockKind, Problem, Reply, Screen

LONGEST_TEXT = 4096
"""UTF-16 units a message. Telegram counts after reading the marks; counted with them it fits all the more."""
LONGEST_PIECE = 2000
"""So that a title and what follows it fit into one message."""
WIDEST_ROW = 26
"""Cells that a phone shows in a row without cutting a label off; its buttons are all as wide as the widest."""
MOST_IN_A_ROW = 8
MOST_BUTTONS = 100
REMINDER_PREFIX = "r"
"""What a reminder's buttons begin with, before its number; those of a screen begin with its revision."""


@dataclass(frozen=True, slots=True)
class RenderedScreen:
    """A screen as Telegram takes it: its text in HTML, in as many parts as it needs, the buttons below the last."""

    parts: tuple[str, ...]
    keyboard: tuple[tuple[tuple[str, str], ...], ...]


def render_replies(
    replies: Iterable[Reply], answered: Iterable[str] = (), username: str = ""
) -> RenderedScreen:
    """Merge the replies into one: a line for each answer, then the messages, then the question."""
    screen, paragraphs = None, _split_text("\n".join(answered))
    for reply in replies:
        if isinstance(reply, Problem):
            paragraphs += _render_block("notice", reply.message)
        else:
            screen = reply
            paragraphs += [
                piece
                for block in _blocks_with_link(reply, username)
                for piece in _render_block(block.kind, block.text)
            ]
    return RenderedScreen(tuple(pack_paragraphs(paragraphs)), () if screen is None else _keyboard(screen))


def _blocks_with_link(screen: Screen, username: str) -> Iterable[Block]:
    """The screen's blocks; the link that an invitation's code makes right below the code."""
    for block in screen.blocks:
        yield block
        if screen.invitation_code and username and screen.invitation_code in block.text:
            link = f"https://t.me/{username}?start={screen.invitation_code}"
            yield Block("notice", translate(screen.locale, "chat.invitation", link=link))


def render_closing(answered: Iterable[str]) -> str:
    """What a message keeps to say when the talk has moved on from its stretch; empty where nothing was answered."""
    return _split_text("\n".join(answered), LONGEST_TEXT)[0]


def _render_block(kind: BlockKind, text: str) -> list[str]:
    """A block as HTML, in pieces that each fit into a message; of a question the first line is its title."""
    opening, closing = _marks(kind)
    if kind == "question":
        title, _, rest = text.partition("\n")
        *before, last = [f"{opening}{piece}{closing}" for piece in _split_text(title)]
        first, *after = _split_text(rest) if rest else [""]
        return [*before, f"{last}\n{first}".rstrip(), *after]
    return [f"{opening}{piece}{closing}" for piece in _split_text(text)]


def _marks(kind: BlockKind) -> tuple[str, str]:
    """Return the tags around a part of a block; mypy reports a kind that is missing here."""
    match kind:
        case "question":
            return "<b>", "</b>"
        case "place" | "hint":
            return "<i>", "</i>"
        case "picture":
            return "<pre>", "</pre>"
        case "notice" | "saved" | "body" | "detail":
            return "", ""


def _split_text(text: str, most: int = LONGEST_PIECE) -> list[str]:
    """The text escaped, cut where it is too long for one message: at a line's end, else anywhere."""
    found, piece = [], ""
    for line in text.splitlines(keepends=True) or [""]:
        for part in _split_line(line, most):
            if piece and _utf16_length(piece + part) > most:
                found.append(piece.rstrip("\n"))
                piece = ""
            piece += part
    return [*found, piece.rstrip("\n")]


def _split_line(line: str, most: int) -> list[str]:
    """A line escaped, in parts of at most `most` units, none of them cutting a character in two."""
    whole = escape(line, quote=False)
    if _utf16_length(whole) <= most:
        return [whole]
    parts, part, size = [], "", 0
    for one in (escape(character, quote=False) for character in line):
        if size + _utf16_length(one) > most:
            parts.append(part)
            part, size = "", 0
        part, size = part + one, size + _utf16_length(one)
    return [*parts, part]


def pack_paragraphs(paragraphs: Iterable[str], most: int = LONGEST_TEXT) -> list[str]:
    """Paragraphs put together into messages of at most `most` UTF-16 units, split between paragraphs."""
    found: list[str] = []
    for paragraph in (one for one in paragraphs if one.strip()):
        joined = f"{found[-1]}\n\n{paragraph}" if found else paragraph
        if found and _utf16_length(joined) <= most:
            found[-1] = joined
        else:
            found.append(paragraph)
    return found


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _keyboard(screen: Screen) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The buttons, a row broken up where a phone would cut its labels off."""
    rows: list[list[tuple[str, str]]] = []
    for row in screen.buttons:
        rows.append([])
        for button in row:
            if rows[-1] and not _fits([*(label for label, _ in rows[-1]), button.label]):
                rows.append([])
            rows[-1].append((button.label, f"{screen.revision}:{button.token}"))
    while sum(map(len, rows)) > MOST_BUTTONS:  # what leads on stands at either end
        del rows[len(rows) // 2]
    return tuple(tuple(row) for row in rows)


def _fits(labels: list[str]) -> bool:
    return len(labels) <= MOST_IN_A_ROW and len(labels) * max(map(cell_len, labels)) <= WIDEST_ROW
