"""Screens printed on a terminal of any width."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.channels.terminal.choices import Choice, first_navigation_row
from bot.console import WrappedText, line_width, show_block, wrap_text
from dialogs import Problem, Screen

GAP = 3
NAVIGATION_GAP = 2
INDENT = 2
MARK_STYLE = "bold cyan"
NAVIGATION_STYLE = "dim"
PROBLEM_STYLE = "bold yellow"


def show_separator(out: Console) -> None:
    out.print(Text("─" * line_width(out), "dim"))


def show_note(out: Console, text: str) -> None:
    """Print a note of the terminal itself, set apart from the conversation."""
    out.print()
    out.print(WrappedText(text, "dim"), width=line_width(out))


def show_attachment(out: Console, label: str, path: Path) -> None:
    """Print the file's name and path, unbroken so that it can be copied."""
    out.print()
    out.print(Text(f"{label}\n{path}"), no_wrap=True, overflow="ignore", crop=False)


def show_problem(out: Console, problem: Problem) -> None:
    out.print(WrappedText(problem.message, PROBLEM_STYLE), width=line_width(out))
    out.print()


def show_screen(out: Console, screen: Screen, rows: list[list[Choice]]) -> None:
    """Print the blocks, then the choices, navigation last and in one line if it fits."""
    width = line_width(out)
    for block in screen.blocks:
        show_block(out, block)
    begins = first_navigation_row(screen)
    for line in (*_grid(rows[:begins], width - INDENT), *_flow(rows[begins:], width - INDENT)):
        out.print(Text(" " * INDENT) + line, no_wrap=True, overflow="ignore", crop=False)


def _grid(rows: Sequence[list[Choice]], width: int) -> Iterator[Text]:
    """Yield the rows aligned in columns if they fit, else a line each, else a choice a line."""
    rows = [row for run in _runs(rows) for row in _fit_rows(run, width)]
    columns = _columns([row for row in rows if len(row) > 1])
    aligned = _total_width(columns) <= width
    for row in rows:
        cells = [_cell(choice) for choice in row]
        if len(row) > 1 and _total_width([cell.cell_len for cell in cells]) <= width:
            yield _join_cells(cells, columns if aligned else [])
        else:
            for choice in row:
                yield from _lines(choice, width)


def _runs(rows: Sequence[list[Choice]]) -> Iterator[list[list[Choice]]]:
    """Group the rows that are one list (`section:…`, `open:…`); every other row is a group."""
    numbered = enumerate(rows)
    for _, run in groupby(numbered, lambda row: _action_kind(row[1]) or row[0]):
        yield [row for _, row in run]


def _action_kind(row: list[Choice]) -> str:
    """Return the action that all buttons of the row share; empty when they differ."""
    kinds = {choice.button.id.partition(":")[0] for choice in row if ":" in choice.button.id}
    return kinds.pop() if len(kinds) == 1 and all(":" in choice.button.id for choice in row) else ""


def _fit_rows(run: list[list[Choice]], width: int) -> list[list[Choice]]:
    """Return the rows, with fewer columns when they do not fit; at least one choice a row."""
    listed = [choice for row in run for choice in row]
    for size in range(max(map(len, run)), 0, -1):
        rows = [listed[start : start + size] for start in range(0, len(listed), size)]
        if _total_width(_columns(rows)) <= width:
            return run if size == max(map(len, run)) else rows
    return [[choice] for choice in listed]


def _flow(rows: Sequence[list[Choice]], width: int) -> Iterator[Text]:
    """Arrange the choices in lines, as many in each as fit; a choice that is too long gets several lines."""
    line: list[Text] = []
    for choice in (choice for row in rows for choice in row):
        cell = _cell(choice, NAVIGATION_STYLE)
        if line and _total_width([each.cell_len for each in (*line, cell)], NAVIGATION_GAP) > width:
            yield _join_cells(line, [], NAVIGATION_GAP)
            line = []
        if cell.cell_len > width:
            yield from _lines(choice, width, NAVIGATION_STYLE)
        else:
            line.append(cell)
    if line:
        yield _join_cells(line, [], NAVIGATION_GAP)


def _columns(rows: Sequence[list[Choice]]) -> list[int]:
    cells = zip_longest(*([_cell(choice).cell_len for choice in row] for row in rows), fillvalue=0)
    return [max(column) for column in cells]


def _total_width(cells: Sequence[int], gap: int = GAP) -> int:
    return sum(cells) + gap * (len(cells) - 1)


def _join_cells(cells: Sequence[Text], columns: Sequence[int], gap: int = GAP) -> Text:
    line = Text()
    for place, cell in enumerate(cells):
        column = columns[place] if columns else cell.cell_len
        line = line + cell + Text(" " * (column - cell.cell_len + gap))
    line.rstrip()
    return line


def _cell(choice: Choice, style: str = "") -> Text:
    return Text.assemble((f"[{choice.mark}]", MARK_STYLE), " ", (choice.button.label, style))


def _lines(choice: Choice, width: int, style: str = "") -> Iterator[Text]:
    """Return the lines of one choice, indented behind its mark."""
    mark = f"[{choice.mark}] "
    for place, line in enumerate(wrap_text(choice.button.label, width - cell_len(mark))):
        head = (" " * cell_len(mark), "") if place else (mark, MARK_STYLE)
        yield Text.assemble(head, (line, style))
