"""Schemes as cases used them, archived with the cases."""

import logging
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, select

from bot.store.schema import conversation_tables
from bot.store.statements import insert_new
from dialogs import CaseOpened, CertificationOpened, Event, Pin, SchemeChanged
from rubric import Library, SchemePin, restore_archived

log = logging.getLogger(__name__)


def archive_schemes(db: Connection, library: Library, events: Iterable[Event]) -> None:
    """Archive the schemes that the events pin cases to."""
    for event in events:
        match event:
            case CaseOpened() | CertificationOpened():
                _archive_scheme(db, library, Pin(event.scheme, event.version, event.checksum))
            case SchemeChanged(value=Pin() as pin):
                _archive_scheme(db, library, pin)


def supply_schemes(db: Connection, library: Library, files: Iterable[SchemePin]) -> None:
    """Give the library the archived schemes that it lacks for these cases.

    Cases pinned before the archive existed are found only among the scheme files.
    """
    for one in files:
        if not library.has_pinned(one):
            _supply_scheme(db, library, one)


def _archive_scheme(db: Connection, library: Library, pin: Pin) -> None:
    if not library.has_pinned(pin):
        return
    if db.execute(select(_TABLE.c.scheme).where(*_is_pinned_to(pin))).one_or_none() is None:
        content = library.archive_version(pin.scheme, pin.version).dump()
        insert_new(db, _TABLE, {**asdict(pin), "content": content})


def _supply_scheme(db: Connection, library: Library, pin: SchemePin) -> None:
    content = db.execute(select(_TABLE.c.content).where(*_is_pinned_to(pin))).scalar_one_or_none()
    if content is None:
        return
    try:
        library.adopt(pin, restore_archived(content))
    except Exception:  # a case under it cannot be shown, but all others can
        log.exception("the archived %s@%s cannot be read", pin.scheme, pin.version)


_TABLE = conversation_tables.archive


def _is_pinned_to(pin: SchemePin) -> tuple[ColumnElement[bool], ...]:
    return (
        _TABLE.c.scheme == pin.scheme,
        _TABLE.c.version == pin.version,
        _TABLE.c.checksum == pin.checksum,
    )
