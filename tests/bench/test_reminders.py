"""What reminders cost: a certificate's plan, and finding who is due among very many."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.store import Store
from bot.store.reminders import agendas
from bot.store.schema import conversation_tables, delivery_tables
from rubric.certificate.facts import CertificateFacts
from rubric.certificate.months import add_months
from rubric.certificate.plan import plan_certificate
from rubric.library.library import Library

pytestmark = pytest.mark.bench
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DUE = 1_000


def test_planning_a_certificate(capsys: pytest.CaptureFixture[str]) -> None:
    lifecycle = Library.from_folders().scheme("gbt27922-2011").lifecycle
    term, today = CertificateFacts(date(2025, 3, 1), (date(2025, 12, 20),)), date(2026, 11, 23)
    took = _each(lambda: plan_certificate(term, lifecycle, today), 2_000)
    base = _each(lambda: add_months(today, 8), 2_000)
    with capsys.disabled():
        print(f"\na certificate planned: {took * 1e6:.0f} µs, {took / base:.0f} × adding months to a date")


@pytest.mark.parametrize("many", [10_000, 1_000_000])
def test_finding_a_thousand_that_are_due(
    tmp_path: Path, many: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same thousand among few and among very many; beside reading as many rows by their keys."""
    store = Store.open(f"sqlite:///{tmp_path / 'many.db'}")
    try:
        keys = _filled(store, many)
        with store.transaction() as db:
            began = time.perf_counter()
            found = agendas.list_due_contacts(db, "telegram", NOW, DUE)
            took = time.perf_counter() - began
            began = time.perf_counter()
            for key in keys[:DUE]:
                db.execute(
                    select(delivery_tables.agendas).where(delivery_tables.agendas.c.contact_id == key)
                ).one()
            base = time.perf_counter() - began
    finally:
        store.close()
    assert len(found) == DUE
    with capsys.disabled():
        print(
            f"\n{DUE} due among {many:,}: {took * 1000:.1f} ms, {took / base:.2f} × reading them one by one"
        )


def _filled(store: Store, many: int) -> list[str]:
    """Contacts of whom a thousand are due, and all others later."""
    keys = [f"{number:032}" for number in range(many)]
    with store.transaction() as db:
        for start in range(0, many, 10_000):
            part = keys[start : start + 10_000]
            db.execute(
                insert(conversation_tables.contacts),
                [
                    {"id": one, "channel": "telegram", "address": one, "name": "", "created_at": NOW}
                    for one in part
                ],
            )
            db.execute(insert(delivery_tables.agendas), [_agenda(one) for one in part])
    return keys


def _agenda(key: str) -> dict[str, object]:
    number = int(key)
    due = NOW - timedelta(minutes=number) if number < DUE else NOW + timedelta(minutes=number)
    return {"contact_id": key, "next_at": due, "planned_at": NOW - timedelta(days=1)}


def _each(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times
