"""Six years with two certificates, told as a story: every message that goes out stands in `six_years.txt`."""

from pathlib import Path

import pytest

from bot.store import Store
from tests.bot.reminders.simulation import Life

GOLDEN = Path(__file__).parent / "six_years.txt"


def lived(store: Store) -> str:
    life = Life(store)
    li, wang = life.person("李明"), life.person("王芳")
    li.begins().records("2026年3月1日")
    li.invites(wang)
    # The first year: later, then done.
    life.at("2026-11-02")
    li.reacts("react:later").does("一周后", "day:yes")
    life.at("2026-12-21")
    li.surveilled("2026年12月18日")
    # The second: nobody reacts until it is suspended, and is done late.
    life.at("2027-12-25")
    li.surveilled("2027年12月24日")
    # The third: done at once, and a reminder's own button says so.
    life.at("2028-08-30")
    li.reacts("react:done").does("2028年8月29日", "day:yes")
    # The renewal, step by step, to the second certificate.
    life.at("2028-10-10")
    for step in ("renew", "accept", "sign", "pass_review", "finish_audit", "grant"):
        li.does("/certification", f"step:{step}", "day:2028-10-10")
    li.does("2029年1月10日")
    life.at("2029-01-10")
    li.does("/certification", "certificate:record", "2029年1月10日", "day:yes", "grade:5-star", "CTS-2")
    # Four more years: handed to the colleague, who is blocked for a while.
    life.at("2029-09-15")
    li.reacts("react:pass").does(f"colleague:{_id(store, '王芳')}")
    life.at("2029-11-20")
    wang.surveilled("2029年11月19日")
    wang.blocks_the_bot()
    life.at("2030-10-30")
    wang.blocks_the_bot(blocked=False)
    life.at("2032-03-01")
    return "\n\n".join(life.log) + "\n"


def _id(store: Store, name: str) -> str:
    from sqlalchemy import select

    from bot.store.schema import conversation_tables

    with store.transaction() as db:
        query = select(conversation_tables.contacts.c.id).where(conversation_tables.contacts.c.name == name)
        return str(db.execute(query).scalar_one())


def test_six_years_are_told_as_they_were(store: Store, request: pytest.FixtureRequest) -> None:
    told = lived(store)
    if request.config.getoption("--golden-write"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8"), "run: make golden"
