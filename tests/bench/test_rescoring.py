"""What it costs to tell who would win or lose a star under a new version, over very many assessments."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.conversations.rescoring import rescore
from bot.store import Store
from bot.store.schema import conversation_tables
from rubric.library.library import Library
from rubric.scoring.score import score
from tests.rubric.builders import all_met
from tests.rubric.scheme_versions import two_versions

pytestmark = pytest.mark.bench
MANY = 10_000
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_ten_thousand_assessments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside grading as many sheets that are in memory already."""
    library = two_versions(tmp_path / "mine")
    scheme = library.version("own", "1")
    sheet = all_met(scheme)
    store = Store.open(f"sqlite:///{tmp_path / 'many.db'}")
    try:
        _fill(store, library, list(sheet.answers))
        began = time.perf_counter()
        found = sum(1 for _ in rescore(store, library, "own", "2", lambda _done, _all: None))
        took = time.perf_counter() - began
    finally:
        store.close()
    began = time.perf_counter()
    for _ in range(MANY):
        score(scheme, sheet)
    base = time.perf_counter() - began
    assert found == MANY
    with capsys.disabled():
        print(f"\n{MANY:,} assessments rescored: {took:.1f} s, {took / base:.1f} × grading as many sheets")


def _fill(store: Store, library: Library, answered: list[str]) -> None:
    """As many finished walks through version 1, all met."""
    checksum = library.checksum("own", "1")
    met: dict[str, object] = {"met": {}}
    with store.transaction() as db:
        contact = {"id": "c" * 32, "channel": "terminal", "address": "x", "name": "x", "created_at": NOW}
        db.execute(insert(conversation_tables.contacts).values(contact))
        organisation = {"id": "o" * 32, "name": "海风公司", "created_at": NOW}
        db.execute(insert(conversation_tables.organisations).values(organisation))
        pin = {"scheme": "own", "version": "1", "checksum": checksum, "opened_at": NOW}
        keys = [f"{number:032}" for number in range(MANY)]
        db.execute(
            insert(conversation_tables.cases),
            [{"id": key, "organisation_id": "o" * 32, **pin} for key in keys],
        )
        given = {"field": "answers", "value": met, "contact_id": "c" * 32, "channel": "terminal", "at": NOW}
        for start in range(0, MANY, 500):
            rows = [
                {"case_id": key, "key": indicator, "inbound": "", **given}
                for key in keys[start : start + 500]
                for indicator in answered
            ]
            db.execute(insert(conversation_tables.answers), rows)
        assert db.execute(select(conversation_tables.cases.c.id).limit(1)).one()
