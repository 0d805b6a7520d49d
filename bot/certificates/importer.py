"""The import of a certificate table into the store, row by row, as the dialogue would record each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.progress import ProgressReporter
from bot.store import Store
from bot.store.conversations import processed_inputs, scheme_archive
from bot.store.conversations.contacts import ChannelUser, get_or_create_contact
from bot.store.conversations.dossiers import LoadedDossier, read_dossier
from bot.store.conversations.save_events import TurnOrigin
from bot.store.conversations.save_turn import save_turn
from bot.store.engine import translate_db_errors
from bot.store.ids import make_turn_ids
from dialogs import (
    CertificateRegister,
    CertificateRow,
    CertificateRowFault,
    Contact,
    Conversation,
    Dossier,
    ImportResult,
    RowCells,
    RowReader,
    TableCheck,
    Turn,
    list_records,
)
from rubric import Library

ROWS_PER_TRANSACTION = 200
"""Rows in a transaction: loading the dossier costs as much as writing this many."""

RowResult: TypeAlias = ImportResult | tuple[CertificateRowFault, ...]
RowResults: TypeAlias = Mapping[int, RowResult]
"""The result of each row by its number in the table; faults when it was refused."""


def _ignore_progress(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class CertificateImporter:
    """Imports rows for a contact; `zone` is the IANA time zone of a contact who chose none.

    Without a store nothing is known, and nothing is kept.
    """

    store: Store | None
    library: Library
    user: ChannelUser
    zone: str
    now: datetime

    def run(
        self, rows: Sequence[tuple[int, RowCells]], progress: ProgressReporter = _ignore_progress
    ) -> RowResults:
        """Import the rows; refused rows change nothing and do not hold up the others.

        A transaction stores some hundred rows: after an interruption, running it again adds the rest.
        Raises StoreError.
        """
        assert self.store is not None
        with self.store.transaction() as db:
            known = self._load(db)[1].dossier
        found, left, survey = self._check_rows(known, rows)
        for start in range(0, len(left), ROWS_PER_TRANSACTION):
            progress(len(found), len(rows))
            some = left[start : start + ROWS_PER_TRANSACTION]
            found |= self.store.run(partial(self._store_rows, rows=some, survey=survey, start=start))
        progress(len(rows), len(rows))
        return dict(sorted(found.items()))

    def preview(self, rows: Sequence[tuple[int, RowCells]]) -> RowResults:
        """Return what `run` would do, storing nothing. Raises StoreError."""
        known = self._load_dossier()
        found, left, survey = self._check_rows(known, rows)
        taken = self._register_rows(CertificateRegister(known, self.library, self.now), left, survey, 0)
        return dict(sorted((found | taken).items()))

    def _check_rows(
        self, known: Dossier, lines: Sequence[tuple[int, RowCells]]
    ) -> tuple[dict[int, RowResult], list[CertificateRow], TableCheck]:
        """Check the rows: the faults, the good rows (older certificates first), the check of the whole table."""
        reader = RowReader(self.library, known.today or self.now.date())
        read = {line: reader.read(line, cells) for line, cells in lines}
        rows = sorted(
            (one for one in read.values() if isinstance(one, CertificateRow)), key=lambda one: one.sort_key
        )
        survey = CertificateRegister(known, self.library, self.now).check_rows(rows)
        found: dict[int, RowResult] = {line: one for line, one in read.items() if isinstance(one, tuple)}
        found |= survey.faults
        return found, [row for row in rows if row.line not in found], survey

    def _store_rows(
        self, db: Connection, rows: Sequence[CertificateRow], survey: TableCheck, start: int
    ) -> dict[int, RowResult]:
        """Store the rows as one turn; the conversation's state does not change."""
        assert self.store is not None
        contact, loaded = self._load(db)
        register = CertificateRegister(loaded.dossier, self.library, self.now)
        results = self._register_rows(register, rows, survey, start)
        events = tuple(
            event for one in results.values() if isinstance(one, ImportResult) for event in one.events
        )
        dossier = replace(register.scene.dossier, conversation=loaded.dossier.conversation)
        origin = TurnOrigin(contact.id, self.user.channel, processed_inputs.input_key(None), self.now)
        save_turn(db, loaded, Turn(dossier, events, ()), origin, self.store.cache)
        scheme_archive.archive_schemes(db, self.library, events)
        return results

    def _register_rows(
        self, register: CertificateRegister, rows: Sequence[CertificateRow], survey: TableCheck, start: int
    ) -> dict[int, RowResult]:
        found: dict[int, RowResult] = {}
        for place, row in enumerate(rows, start):
            # Of certifications opened at one moment none would be the newest.
            register.scene.now = self.now + timedelta(microseconds=place)
            is_single = row.line in survey.single_lines
            found[row.line] = register.record_row(row, make_turn_ids(), is_single=is_single)
        return found

    def _load(self, db: Connection) -> tuple[Contact, LoadedDossier]:
        """Load the contact's dossier without claiming their notices."""
        assert self.store is not None
        contact = get_or_create_contact(db, self.user, self.now)
        loaded, _ = read_dossier(db, contact, None, self.store.cache)
        scheme_archive.supply_schemes(db, self.library, list_records(loaded.dossier))
        loaded.dossier.today = self._today(loaded.zone)
        return contact, loaded

    def _load_dossier(self) -> Dossier:
        if self.store is None:
            return Dossier(Contact("", self.user.name), Conversation(""), today=self._today())
        with translate_db_errors(), self.store.engine.connect() as db:  # never committed
            return self._load(db)[1].dossier

    def _today(self, zone: str = "") -> date:
        return self.now.astimezone(ZoneInfo(zone or self.zone)).date()
