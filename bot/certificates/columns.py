"""Which column of a table of certificates is which, and in words what became of its rows."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.catalogue_text import say, sections
from bot.certificates.importer import Result
from bot.certificates.spreadsheets import Cell, Line
from bot.errors import FatalError
from dialogs.certificate_import.row import COLUMNS, NEEDED, Cells, CertificateRowFault, Column
from dialogs.language.catalogue import LOCALES, words_of
from dialogs.model.records import Recorded
from dialogs.model.values import SurveillanceRecord
from dialogs.parsing.dates.parser import short_date
from rubric.parsing.faults import visible

HEADER_WITHIN = 20
"""Titles and remarks may stand above the row that names the columns, in so many rows."""
LONGEST_SHOWN = 40
_ASIDE = re.compile(r"\(.*?\)")
_NUMBERED = re.compile(r"第?[0-9一二三四五六七八九]次?")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header, and the names of columns that mean nothing here."""

    rows: tuple[tuple[int, Cells], ...]
    unknown: tuple[str, ...]


def table_of(lines: Sequence[Line]) -> Table:
    """The table with its columns known. Raises FatalError where it has no header, or an unclear one."""
    for place, (_, row) in enumerate(lines[:HEADER_WITHIN]):
        columns = [_column(cell) for cell in row]
        if set(NEEDED) <= set(columns):
            _unambiguous(columns)
            unknown = tuple(
                str(cell) for cell, column in zip(row, columns, strict=True) if cell and not column
            )
            rows = ((number, _cells(cells, columns)) for number, cells in lines[place + 1 :])
            return Table(tuple((number, cells) for number, cells in rows if cells), unknown)
    raise FatalError(f"no row names the columns; needed: {_named(NEEDED)}; known besides: {_named(_OTHERS)}")


def _unambiguous(columns: Sequence[Column | None]) -> None:
    for one in COLUMNS:
        if one != "surveillances" and columns.count(one) > 1:
            raise FatalError(f"the column {_named([one])} stands in the table more than once; keep one")


def _cells(row: Sequence[Cell], columns: Sequence[Column | None]) -> Cells:
    found: dict[Column, list[Cell]] = {}
    for cell, column in zip(row, columns, strict=False):
        if cell and column:
            found.setdefault(column, []).append(cell)
    return found


def _column(cell: Cell) -> Column | None:
    """The column that a header names, in any language: 发证日期, Issued on, 发证日期/issued, 第1次监督审核日期."""
    if not isinstance(cell, str):
        return None
    folded = _ASIDE.sub("", unicodedata.normalize("NFKC", cell[:200]).casefold())
    for name in (folded, *re.split(r"[/|\n]", folded)):
        bare = _bare(name)
        if bare in _heads():
            return _heads()[bare]
        if _heads().get(_NUMBERED.sub("", bare)) == "surveillances":
            return "surveillances"
    return None


@cache
def _heads() -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for column in COLUMNS:
        found[_bare(column)] = column
        for locale in LOCALES:
            names = [
                say(locale, f"import.column_{column}"),
                *say(locale, f"import.heads_{column}").split("|"),
            ]
            found |= {_bare(name.casefold()): column for name in names}
    return found


def _bare(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


_OTHERS = tuple(one for one in COLUMNS if one not in NEEDED)


def _named(columns: Sequence[Column]) -> str:
    return ", ".join(f"{say('zh-Hans', f'import.column_{one}')}/{one}" for one in columns)


def lines_of(table: Table, results: Mapping[int, Result], locale: str) -> Iterator[str]:
    """A line for each row that changed a certificate or was refused."""
    if table.unknown:
        names = words_of(locale).joined(_short(name) for name in table.unknown)
        yield say(locale, "import.left_out", names=names)
    organisations = {number: cells.get("organisation", [""])[0] for number, cells in table.rows}
    for number, result in results.items():
        if isinstance(result, tuple) or result.outcome == "changed":
            yield _line(number, _short(organisations[number]), result, locale)


def _line(number: int, organisation: str, result: Result, locale: str) -> str:
    if isinstance(result, tuple):
        key, told = "refused", [fault_said(one, locale) for one in result]
    else:
        key, told = "changed", [_change(one, locale) for one in result.changes]
    what = say(locale, "import.separator").join(told)
    name = say(locale, "import.name", organisation=organisation) if organisation else ""
    return say(locale, f"import.{key}", row=number, name=name, what=what)


def _change(change: Recorded, locale: str) -> str:
    column = "surveillances" if isinstance(change.value, SurveillanceRecord) else change.key
    label = say(locale, f"import.column_{column}")
    after = _shown(change.value, locale)
    if change.previous is None:
        return say(locale, "import.added", column=label, after=after)
    return say(locale, "import.replaced", column=label, before=_shown(change.previous, locale), after=after)


def fault_said(fault: CertificateRowFault, locale: str) -> str:
    """Why a row was refused, as a part of a sentence."""
    values = {name: _shown(value, locale) for name, value in fault.values.items()}
    if fault.column:
        values["column"] = _label(fault.column, locale)
    return say(locale, f"import.fault_{fault.code}", **values)


def _label(column: str, locale: str) -> str:
    """The column's name; of a fact that no column has, the talk's word."""
    if f"column_{column}" in sections(locale)["import"]:
        return say(locale, f"import.column_{column}")
    if column == "surveilled":
        return say(locale, "import.column_surveillances")
    return words_of(locale)(f"certificate.fact.{column}")


def _shown(value: object, locale: str) -> str:
    if isinstance(value, SurveillanceRecord):
        value = value.on
    if isinstance(value, date):
        return short_date(value, words_of(locale))
    if isinstance(value, tuple):
        return words_of(locale).joined(str(one) for one in value)
    return _short(str(value))


def _short(text: Cell) -> str:
    line = " ".join(str(text).split())
    return visible(line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…")
