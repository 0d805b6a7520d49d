"""XLSX and CSV tables, read as rows of texts and dates; the file is not trusted."""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile, ZipFile

from bot.errors import FatalError
from rubric import quote_short

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_ROWS = 10_000
MOST_COLUMNS = 100
LAST_ROW = 1_048_576
"""The most rows a worksheet can have; openpyxl would pad up to a higher row number."""
_ZIPPED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")  # utf-8-sig is utf-8 as well, with or without the mark
_DELIMITERS = ",;\t"
_LARGEST_EXACT = 10**15  # a spreadsheet's numbers have no more digits than that

Cell: TypeAlias = str | date
NumberedRow: TypeAlias = tuple[int, list[Cell]]
"""A row that is not empty, and its number in the file, from 1."""


def read_table(path: Path) -> list[NumberedRow]:
    """Read the rows of the first worksheet, or of the CSV. Raises FatalError with the reason, OSError."""
    content = _read_content(path)
    try:
        return list(_numbered_rows(_read_rows(content)))
    except FatalError as error:
        raise FatalError(f"{path}: {error}") from error


def _read_content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FatalError(f"{path}: the file is larger than {MOST_BYTES >> 20} MB; divide it")
    return content


def _read_rows(content: bytes) -> Iterator[list[Cell]]:
    if content.startswith(_OLE):
        raise FatalError(
            "this is an old or a password-protected Excel file; save it as XLSX without a password, or as CSV"
        )
    return _read_worksheet(content) if content.startswith(_ZIPPED) else _read_csv(_decode_text(content))


def _numbered_rows(rows: Iterable[list[Cell]]) -> Iterator[NumberedRow]:
    """Yield the rows that are not empty, numbered as in the file. Raises FatalError above MOST_ROWS."""
    found = 0
    for number, row in enumerate(rows, 1):
        if not any(row):
            continue
        found += 1
        if found > MOST_ROWS + 1:
            raise FatalError(f"the table has more than {MOST_ROWS:,} rows; divide it")
        yield number, row


def _decode_text(content: bytes) -> str:
    if content.startswith(_UTF16):
        return _decode(content, ("utf-16",))
    return _decode(content, _ENCODINGS)


def _decode(content: bytes, encodings: Iterable[str]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FatalError("this is no XLSX, and no text in UTF-8 or GB 18030; save it as XLSX or as CSV in UTF-8")


def _read_csv(text: str) -> Iterator[list[Cell]]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=_guess_delimiter(text))
    try:
        for row in rows:
            yield [cell.strip() for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise FatalError(f"this is no CSV: {error} (line {rows.line_num})") from error


def _guess_delimiter(text: str) -> str:
    """Return the delimiter that occurs most in the first line with any, outside quotes."""
    for line in text.splitlines()[:50]:
        bare = re.sub(r'"[^"]*"', "", line)
        most = max(_DELIMITERS, key=bare.count)
        if most in bare:
            return most
    return ","


def _read_worksheet(content: bytes) -> Iterator[list[Cell]]:
    """Yield the rows of the first worksheet with the saved values of formulas."""
    _check_unpacked_size(content)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know, none of which is a cell
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            rows = book.worksheets[0].iter_rows(1, LAST_ROW, 1, MOST_COLUMNS, values_only=True)
            for row in rows:
                yield [_cell(value) for value in row]
        except Exception as error:  # it raises whatever a damaged file makes it stumble over
            raise FatalError(
                f"this XLSX cannot be read ({type(error).__name__}); open it and save it anew"
            ) from error


def _check_unpacked_size(content: bytes) -> None:
    """Raise FatalError for a file that would be too large when unpacked."""
    try:
        entries = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FatalError(f"this XLSX cannot be read ({quote_short(str(error))})") from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FatalError(f"this XLSX is larger than {MOST_UNPACKED >> 20} MB when unpacked; divide it")


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return str(value).strip()


def _number(value: float) -> str:
    """Format a number as a spreadsheet shows it; in scientific notation beyond 15 digits."""
    if abs(value) >= _LARGEST_EXACT:
        return f"{value:.5E}"
    return str(int(value)) if float(value).is_integer() else str(value)
