"""Statements that every turn needs: worded once for a dialect, and from then on handed to the driver as they are."""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, UpdateBase
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Statement = Select[Any] | UpdateBase
Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Parameter:
    """Where a value comes from, and what makes the driver's of it. A `constant` the statement itself holds."""

    name: str
    is_given: bool
    constant: Any
    convert: Convert | None

    def of(self, values: Values) -> Any:
        value = values[self.name] if self.is_given else self.constant
        return value if self.convert is None else self.convert(value)


@dataclass(frozen=True, slots=True)
class _Worded:
    """A statement in a dialect. `columns` are those that the driver brings otherwise than they are read."""

    text: str
    parameters: Sequence[_Parameter]
    positional: bool
    row: Any
    columns: Sequence[tuple[int, Convert]]

    def given(self, values: Values) -> Any:
        if self.positional:
            return [one.of(values) for one in self.parameters]
        return {one.name: one.of(values) for one in self.parameters}

    def read(self, found: Sequence[Any]) -> Any:
        values = list(found)
        for place, convert in self.columns:
            values[place] = convert(values[place])
        return self.row._make(values)


class Prepared:
    """A statement of Core with `bindparam`s, none of them expanding; a fifth of what it costs to execute it there.

    Raises DBAPIError, as that would.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._worded: dict[str, _Worded] = {}

    def run(self, db: Connection, values: Values) -> int:
        """How many rows it changed."""
        worded = self._in(db.dialect)
        with driving(db, worded.text) as cursor:
            cursor.execute(worded.text, worded.given(values))
            changed: int = cursor.rowcount
        return changed

    def run_all(self, db: Connection, values: Sequence[Values]) -> None:
        """Once with each of the values, in their order."""
        worded = self._in(db.dialect)
        with driving(db, worded.text) as cursor:
            cursor.executemany(worded.text, [worded.given(each) for each in values])

    def rows(self, db: Connection, values: Values) -> list[Any]:
        """Named tuples, by the names of the columns."""
        worded = self._in(db.dialect)
        with driving(db, worded.text) as cursor:
            cursor.execute(worded.text, worded.given(values))
            found = cursor.fetchall()
        return [worded.read(each) for each in found]

    def row(self, db: Connection, values: Values) -> Any:
        """The only row; None where there is none."""
        found = self.rows(db, values)
        assert len(found) <= 1, self._statement
        return found[0] if found else None

    def _in(self, dialect: Dialect) -> _Worded:
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _worded(self._statement, dialect)
        return worded


def _worded(statement: Statement, dialect: Dialect) -> _Worded:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    parameters = [_parameter(name, compiled, dialect) for name in compiled.positiontup or compiled.params]
    converts = [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in statement.exported_columns
    ]
    return _Worded(
        compiled.string,
        parameters,
        compiled.positional,
        namedtuple("Found", [str(column.key) for column in statement.exported_columns]),
        [(place, convert) for place, convert in enumerate(converts) if convert is not None],
    )


def _parameter(name: str, compiled: SQLCompiler, dialect: Dialect) -> _Parameter:
    bind = compiled.binds[name]
    return _Parameter(
        name, bind.required, bind.value, bind.type.dialect_impl(dialect).bind_processor(dialect)
    )


@contextmanager
def driving(db: Connection, text: str) -> Iterator[Any]:
    """The driver's cursor, and its errors as SQLAlchemy's own."""
    driver = db.dialect.loaded_dbapi
    cursor = db.connection.cursor()
    try:
        yield cursor
    except driver.Error as error:
        raise DBAPIError.instance(text, None, error, driver.Error) from error
    finally:
        cursor.close()
