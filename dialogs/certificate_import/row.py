"""Parsing one row of a table of certificates, with every fault in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias, get_args

from dialogs.assessment.organisation_fields import parse_organisation_name
from dialogs.flow.prompts import LONGEST_TEXT_ANSWER
from dialogs.language.catalogue import LOCALES
from dialogs.parsing.dates.parser import DateFault, parse_date
from dialogs.parsing.intents import clean_text, find_meanings, normalize
from dialogs.parsing.numerals import parse_number
from dialogs.parsing.utterance import Utterance
from rubric import Library, Scheme, add_months

MOST_SURVEILLANCES = 30
Column = Literal[
    "organisation", "scheme", "grade", "number", "body", "scope", "issued", "valid_until", "surveillances"
]
COLUMNS: tuple[Column, ...] = get_args(Column)
REQUIRED_COLUMNS: tuple[Column, ...] = ("organisation", "issued")
RowCells: TypeAlias = Mapping[Column, Sequence[str | date]]
"""The entries of each column; several where several columns are of the same kind."""

_EMPTY_MEANINGS = frozenset({"no", "there_is_none", "na", "skip"})
_CELL_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
# How spreadsheets show a long number of which they kept the first digits only.
_ROUNDED_NUMBER = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2,3}")
_MIDNIGHT = re.compile(r"[\sTt]0{1,2}:00(?::00(?:\.0+)?)?$")
_STARS = re.compile(
    r"(?P<number>[1-9][0-9]?|[一二三四五六七八九]|十[一二三四五六七八九]?)(?:-|\s)*(?:星[级級]?|stars?)|(?P<drawn>[★☆⭐*]{1,19})"
)
_SEPARATOR, _COMMA = re.compile(r"[；;、\n|]"), re.compile(r"[,，]")
# A day that is another one when it is read this much later was not written with its year: in a table that would
# mean something else with every import. Years enough for a 29 February to come round.
_LATER_MONTHS = 60


@dataclass(frozen=True, slots=True)
class CertificateRowFault:
    """The reason why a row, or its cell in `column`, is refused; `values` fill the sentence about it."""

    code: str
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """The parsed row. An empty field leaves the known value unchanged. `line` is its number in the table."""

    line: int
    organisation: str
    issued: date
    scheme: str = ""
    grade: str = ""
    number: str = ""
    body: str = ""
    scope: str = ""
    valid_until: date | None = None
    surveillances: tuple[date, ...] = ()

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Older certificates first; the same whichever way the table is sorted."""
        return (self.issued, self.organisation, self.number, self.scheme, self.scope, self.line)


class RowReader:
    """Reads the rows of one table, seen from `today`; what schemes and grades are called is looked up once."""

    def __init__(self, library: Library, today: date) -> None:
        self.library, self.today = library, today
        self.schemes = _scheme_by_name(library)
        self._grades: dict[str, dict[str, str]] = {}

    def read(self, line: int, cells: RowCells) -> CertificateRow | tuple[CertificateRowFault, ...]:
        """The row, or every fault of it."""
        reading = _RowParser(cells, self)
        scheme = reading.scheme()
        row = CertificateRow(
            line,
            reading.organisation(),
            reading.issued(),
            scheme.id if scheme and reading.text("scheme") else "",
            reading.grade(scheme),
            reading.number(),
            reading.text("body"),
            reading.text("scope"),
            reading.day("valid_until"),
            reading.surveillances(),
        )
        return tuple(reading.faults) or row

    def grade_by_name(self, scheme: Scheme) -> dict[str, str]:
        if scheme.id not in self._grades:
            self._grades[scheme.id] = _grade_by_name(self.library, scheme)
        return self._grades[scheme.id]


class _RowParser:
    """The parser of one row. It continues after a fault, so that all faults are reported at once."""

    def __init__(self, cells: RowCells, reader: RowReader) -> None:
        self.cells, self.reader = cells, reader
        self.library, self.today = reader.library, reader.today
        self.faults: list[CertificateRowFault] = []

    def text(self, column: Column) -> str:
        """The cell as one line; empty where it holds nothing, or a word for nothing such as 无 or -."""
        for entry in self.cells.get(column, ()):
            if typed := self._clean_cell(column, entry):
                return typed
        return ""

    def organisation(self) -> str:
        typed = self.text("organisation")
        if not typed:
            return self._add_fault("missing", "organisation")
        return parse_organisation_name(Utterance(typed)) or self._add_fault(
            "bad_name", "organisation", text=typed
        )

    def number(self) -> str:
        typed = self.text("number")
        return (
            self._add_fault("rounded", "number", text=typed)
            if _ROUNDED_NUMBER.fullmatch(typed)
            else typed.upper()
        )

    def scheme(self) -> Scheme | None:
        """The newest version of the scheme that is named, by its id or its title in any language."""
        typed = self.text("scheme")
        found = self.reader.schemes.get(_comparison_key(typed)) if typed else self.library.default_name()
        if found is None:
            self._add_fault("unknown_scheme", "scheme", text=typed, allowed=tuple(self.library.names()))
            return None
        return self.library.scheme(found)

    def grade(self, scheme: Scheme | None) -> str:
        """The id of the grade that is named: by id, by its label in any language, or by so many stars."""
        typed = self.text("grade")
        if not typed or scheme is None:
            return ""
        ids = [band.grade for band in scheme.grades]
        for named in (
            self.reader.grade_by_name(scheme).get(_comparison_key(typed)),
            _grade_from_stars(typed),
        ):
            if named in ids:
                return str(named)
        return self._add_fault("unknown_grade", "grade", text=typed, allowed=tuple(ids), scheme=scheme.id)

    def issued(self) -> date:
        found = self.day("issued")
        if found is None and not any(fault.column == "issued" for fault in self.faults):
            self._add_fault("missing", "issued")
        return found or date.min

    def day(self, column: Column) -> date | None:
        for entry in self.cells.get(column, ()):
            if typed := self._clean_cell(column, entry):
                return self._parse_day(column, typed)
        return None

    def surveillances(self) -> tuple[date, ...]:
        """All of them, of one cell or several, each once and in order."""
        found = set(self._parse_surveillances())
        if len(found) > MOST_SURVEILLANCES:
            self._add_fault("too_many", "surveillances", most=MOST_SURVEILLANCES)
        return tuple(sorted(found))

    def _parse_surveillances(self) -> Iterator[date]:
        for entry in self.cells.get("surveillances", ()):
            for part in _SEPARATOR.split(entry) if isinstance(entry, str) else [entry]:
                for each in self._split_at_commas(part):
                    typed = self._clean_cell("surveillances", each)
                    day = self._parse_day("surveillances", typed) if typed else None
                    if day is not None:
                        yield day

    def _split_at_commas(self, part: str | date) -> Sequence[str | date]:
        """Cut at commas, except where one belongs to the day: March 5, 2026."""
        if isinstance(part, date) or isinstance(parse_date(part, self.today, "past"), date):
            return [part]
        return _COMMA.split(part)

    def _parse_day(self, column: Column, typed: str) -> date | None:
        typed = _MIDNIGHT.sub("", typed)
        found = parse_date(typed, self.today, "past")
        if isinstance(found, DateFault):
            self._add_fault(found.code, column, **{"text": typed, **found.values})
            return None
        if parse_date(typed, add_months(self.today, _LATER_MONTHS), "past") != found:
            self._add_fault("no_year", column, text=typed)
        return found

    def _clean_cell(self, column: Column, entry: str | date) -> str:
        if isinstance(entry, date):
            return (entry.date() if isinstance(entry, datetime) else entry).isoformat()
        typed = " ".join(clean_text(entry[: LONGEST_TEXT_ANSWER + 1]).split())
        if len(entry) > LONGEST_TEXT_ANSWER and len(" ".join(entry.split())) > LONGEST_TEXT_ANSWER:
            return self._add_fault("too_long", column, most=LONGEST_TEXT_ANSWER)
        if _CELL_ERROR.fullmatch(typed):
            return self._add_fault("cell_error", column, text=typed)
        stars = column == "grade" and _STARS.fullmatch(normalize(typed))
        nothing = not any(c.isalnum() for c in typed) or find_meanings(typed) & _EMPTY_MEANINGS
        return "" if nothing and not stars else typed

    def _add_fault(self, code: str, column: Column, **values: object) -> str:
        fault = CertificateRowFault(code, column, values)
        if fault not in self.faults:
            self.faults.append(fault)
        return ""


def _comparison_key(text: str) -> str:
    """Return a name reduced to letters and digits for comparison: `GB/T 27922-2011` is `gbt279222011`."""
    return "".join(c for c in normalize(text) if c.isalnum())


def _grade_from_stars(typed: str) -> str:
    found = _STARS.fullmatch(normalize(typed))
    if found is None:
        return ""
    return f"{len(found['drawn']) if found['drawn'] else parse_number(found['number'])}-star"


def _scheme_by_name(library: Library) -> dict[str, str]:
    found: dict[str, str] = {}
    for scheme in library.names():
        texts = [library.text(scheme, locale) for locale in LOCALES]
        names = [scheme, *(name for text in texts for name in (text.title, text.short))]
        for name in names:
            found.setdefault(_comparison_key(name), scheme)
    return found


def _grade_by_name(library: Library, scheme: Scheme) -> dict[str, str]:
    labels = {_comparison_key(band.grade): band.grade for band in scheme.grades}
    for locale in LOCALES:
        grades = library.text(scheme.id, locale).grades
        labels |= {
            _comparison_key(grades[band.grade]): band.grade for band in scheme.grades if band.grade in grades
        }
    return labels
