"""The columns of a certificate table, and messages about its imported rows."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.catalogue_text import load_catalogue, translate
from bot.certificates.importer import RowResult
from bot.certificates.spreadsheets import Cell, NumberedRow
from bot.errors import FatalError
from dialogs import (
    COLUMNS,
    LOCALES,
    REQUIRED_COLUMNS,
    CertificateRowFault,
    Column,
    RowCells,
    SurveillanceRecord,
    ValueRecorded,
    find_catalogue,
    format_short_date,
)
from rubric import escape_unprintable

HEADER_SEARCH_ROWS = 20
"""The number of rows in which the header is searched; titles and remarks may come before it."""
LONGEST_SHOWN = 40
_PARENTHESISED = re.compile(r"\(.*?\)")
_ORDINAL = re.compile(r"第?[0-9一二三四五六七八九]次?")


@dataclass(frozen=True, slots=True)
class CertificateTable:
    """The rows below the header, and the unknown column names."""

    rows: tuple[tuple[int, RowCells], ...]
    unknown_columns: tuple[str, ...]


def parse_table(lines: Sequence[NumberedRow]) -> CertificateTable:
    """Find the header and return the table. Raises FatalError when it is missing or ambiguous."""
    for place, (_, row) in enumerate(lines[:HEADER_SEARCH_ROWS]):
        columns = [_match_column(cell) for cell in row]
        if set(REQUIRED_COLUMNS) <= set(columns):
            _check_no_duplicates(columns)
            unknown = tuple(
                str(cell) for cell, column in zip(row, columns, strict=True) if cell and not column
            )
            rows = ((number, _cells_by_column(cells, columns)) for number, cells in lines[place + 1 :])
            return CertificateTable(tuple((number, cells) for number, cells in rows if cells), unknown)
    raise FatalError(
        f"no row names the columns; needed: {_list_columns(REQUIRED_COLUMNS)}; "
        f"known besides: {_list_columns(_OPTIONAL)}"
    )


def _check_no_duplicates(columns: Sequence[Column | None]) -> None:
    for one in COLUMNS:
        if one != "surveillances" and columns.count(one) > 1:
            raise FatalError(
                f"the column {_list_columns([one])} stands in the table more than once; keep one"
            )


def _cells_by_column(row: Sequence[Cell], columns: Sequence[Column | None]) -> RowCells:
    found: dict[Column, list[Cell]] = {}
    for cell, column in zip(row, columns, strict=False):
        if cell and column:
            found.setdefault(column, []).append(cell)
    return found


def _match_column(cell: Cell) -> Column | None:
    """Return the column of a header in any language: 发证日期, Issued on, 发证日期/issued, 第1次监督审核日期."""
    if not isinstance(cell, str):
        return None
    folded = _PARENTHESISED.sub("", unicodedata.normalize("NFKC", cell[:200]).casefold())
    for name in (folded, *re.split(r"[/|\n]", folded)):
        bare = _letters_and_digits(name)
        if bare in _headings():
            return _headings()[bare]
        if _headings().get(_ORDINAL.sub("", bare)) == "surveillances":
            return "surveillances"
    return None


@cache
def _headings() -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for column in COLUMNS:
        found[_letters_and_digits(column)] = column
        for locale in LOCALES:
            names = [
                translate(locale, f"import.column_{column}"),
                *translate(locale, f"import.heads_{column}").split("|"),
            ]
            found |= {_letters_and_digits(name.casefold()): column for name in names}
    return found


def _letters_and_digits(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


_OPTIONAL = tuple(one for one in COLUMNS if one not in REQUIRED_COLUMNS)


def _list_columns(columns: Sequence[Column]) -> str:
    return ", ".join(f"{translate('zh-Hans', f'import.column_{one}')}/{one}" for one in columns)


def describe_results(table: CertificateTable, results: Mapping[int, RowResult], locale: str) -> Iterator[str]:
    """Yield a line for each row that changed a certificate or was refused."""
    if table.unknown_columns:
        names = find_catalogue(locale).join_items(_shorten(name) for name in table.unknown_columns)
        yield translate(locale, "import.left_out", names=names)
    organisations = {number: cells.get("organisation", [""])[0] for number, cells in table.rows}
    for number, result in results.items():
        if isinstance(result, tuple) or result.outcome == "changed":
            yield _describe_row(number, _shorten(organisations[number]), result, locale)


def _describe_row(number: int, organisation: str, result: RowResult, locale: str) -> str:
    if isinstance(result, tuple):
        key, told = "refused", [describe_fault(one, locale) for one in result]
    else:
        key, told = "changed", [_describe_change(one, locale) for one in result.changes]
    what = translate(locale, "import.separator").join(told)
    name = translate(locale, "import.name", organisation=organisation) if organisation else ""
    return translate(locale, f"import.{key}", row=number, name=name, what=what)


def _describe_change(change: ValueRecorded, locale: str) -> str:
    column = "surveillances" if isinstance(change.value, SurveillanceRecord) else change.key
    label = translate(locale, f"import.column_{column}")
    after = _format_value(change.value, locale)
    if change.previous is None:
        return translate(locale, "import.added", column=label, after=after)
    return translate(
        locale, "import.replaced", column=label, before=_format_value(change.previous, locale), after=after
    )


def describe_fault(fault: CertificateRowFault, locale: str) -> str:
    """Return the reason for refusing a row, as a clause of a sentence."""
    values = {name: _format_value(value, locale) for name, value in fault.values.items()}
    if fault.column:
        values["column"] = _column_label(fault.column, locale)
    return translate(locale, f"import.fault_{fault.code}", **values)


def _column_label(column: str, locale: str) -> str:
    """Return the column's name; for a fact without a column, its name in the dialogue."""
    if f"column_{column}" in load_catalogue(locale)["import"]:
        return translate(locale, f"import.column_{column}")
    if column == "surveilled":
        return translate(locale, "import.column_surveillances")
    return find_catalogue(locale)(f"certificate.fact.{column}")


def _format_value(value: object, locale: str) -> str:
    if isinstance(value, SurveillanceRecord):
        value = value.on
    if isinstance(value, date):
        return format_short_date(value, find_catalogue(locale))
    if isinstance(value, tuple):
        return find_catalogue(locale).join_items(str(one) for one in value)
    return _shorten(str(value))


def _shorten(text: Cell) -> str:
    line = " ".join(str(text).split())
    return escape_unprintable(line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…")
