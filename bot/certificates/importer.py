"""A table of certificates taken row by row into a contact's store, as a talk would have recorded each of them."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.conversations.turns import FRESH_IDS, TRIES
from bot.store import Store
from bot.store.conversations import processed_inputs, scheme_archive
from bot.store.conversations.contacts import Who, contact_of
from bot.store.conversations.dossiers import Loaded, look_into
from bot.store.conversations.save_events import TurnOrigin
from bot.store.conversations.save_turn import save_turn
from bot.store.engine import LostRaceError, translate_db_errors
from dialogs.certificate_import.register import ImportResult, Register, Survey
from dialogs.certificate_import.row import Cells, CertificateRow, CertificateRowFault, RowReader
from dialogs.engine.turn import Turn
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Contact, Dossier, files_of
from rubric.library.library import Library

AT_ONCE = 200
"""Rows to a transaction: reading what is known costs as much as writing so many."""

Result: TypeAlias = ImportResult | tuple[CertificateRowFault, ...]
Results: TypeAlias = Mapping[int, Result]
"""What became of each row, by its number in the table and in that order; faults where it was refused."""
Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


def _silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Importing:
    """Takes rows for the contact `who`; `zone` is the IANA name for one who chose none.

    Without a store nothing is known, and nothing is kept.
    """

    store: Store | None
    library: Library
    who: Who
    zone: str
    now: datetime

    def run(self, lines: Sequence[tuple[int, Cells]], progress: Progress = _silent) -> Results:
        """Take the rows. Refused ones change nothing, and the others are kept whatever became of those.

        Some hundred are stored at a time: whoever is interrupted runs it again, and the rest is added.
        Raises StoreError.
        """
        assert self.store is not None
        with self.store.transaction() as db:
            known = self._loaded(db)[1].dossier
        found, left, survey = self._looked_over(known, lines)
        for start in range(0, len(left), AT_ONCE):
            progress(len(found), len(lines))
            found |= self._stored(left[start : start + AT_ONCE], survey, start)
        progress(len(lines), len(lines))
        return dict(sorted(found.items()))

    def rehearse(self, lines: Sequence[tuple[int, Cells]]) -> Results:
        """The same, and nothing is kept, not even the contact. Raises StoreError."""
        known = self._known()
        found, left, survey = self._looked_over(known, lines)
        taken = self._taken(Register(known, self.library, self.now), left, survey, 0)
        return dict(sorted((found | taken).items()))

    def _looked_over(
        self, known: Dossier, lines: Sequence[tuple[int, Cells]]
    ) -> tuple[dict[int, Result], list[CertificateRow], Survey]:
        """What is refused before anything is stored; the rows that are left, older certificates first; the survey."""
        reader = RowReader(self.library, known.today or self.now.date())
        read = {line: reader.read(line, cells) for line, cells in lines}
        rows = sorted(
            (one for one in read.values() if isinstance(one, CertificateRow)), key=lambda one: one.order
        )
        survey = Register(known, self.library, self.now).survey(rows)
        found: dict[int, Result] = {line: one for line, one in read.items() if isinstance(one, tuple)}
        found |= survey.faults
        return found, [row for row in rows if row.line not in found], survey

    def _stored(self, rows: Sequence[CertificateRow], survey: Survey, start: int) -> dict[int, Result]:
        for _ in range(TRIES):
            try:
                return self._store(rows, survey, start)
            except LostRaceError:
                continue
        return self._store(rows, survey, start)

    def _store(self, rows: Sequence[CertificateRow], survey: Survey, start: int) -> dict[int, Result]:
        """One transaction, saved as one turn; the talk itself stays where it stands."""
        assert self.store is not None
        with self.store.transaction() as db:
            contact, loaded = self._loaded(db)
            register = Register(loaded.dossier, self.library, self.now)
            found = self._taken(register, rows, survey, start)
            events = tuple(
                event for one in found.values() if isinstance(one, ImportResult) for event in one.events
            )
            dossier = replace(register.scene.dossier, conversation=loaded.dossier.conversation)
            hand = TurnOrigin(contact.id, self.who.channel, processed_inputs.key_of(None), self.now)
            save_turn(db, loaded, Turn(dossier, events, ()), hand, self.store.recent)
            scheme_archive.keep(db, self.library, events)
        return found

    def _taken(
        self, register: Register, rows: Sequence[CertificateRow], survey: Survey, start: int
    ) -> dict[int, Result]:
        found: dict[int, Result] = {}
        for place, row in enumerate(rows, start):
            # Of certifications opened at one moment none would be the newest.
            register.scene.now = self.now + timedelta(microseconds=place)
            fresh = [secrets.token_hex(16) for _ in range(FRESH_IDS)]
            found[row.line] = register.take(row, fresh, alone=row.line in survey.alone)
        return found

    def _loaded(self, db: Connection) -> tuple[Contact, Loaded]:
        """What the contact's talk may see; what colleagues left to be told stays untold."""
        assert self.store is not None
        contact = contact_of(db, self.who, self.now)
        loaded, _ = look_into(db, contact, None, self.store.recent)
        scheme_archive.supply(db, self.library, files_of(loaded.dossier))
        loaded.dossier.today = self._today(loaded.zone)
        return contact, loaded

    def _known(self) -> Dossier:
        if self.store is None:
            return Dossier(Contact("", self.who.name), Conversation(""), today=self._today())
        with translate_db_errors(), self.store.engine.connect() as db:  # never committed
            return self._loaded(db)[1].dossier

    def _today(self, zone: str = "") -> date:
        return self.now.astimezone(ZoneInfo(zone or self.zone)).date()
