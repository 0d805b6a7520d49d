"""A person's name goes with the person, wherever a colleague wrote it down; other people's names stay."""

import pytest
from sqlalchemy import select

from bot.store import Store
from bot.store.schema import SCHEMA
from dialogs.model.messages import CommandInput
from tests.bot.reminders.simulation import Life, Person

NAME = "王小芳"


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


@pytest.fixture
def li(life: Life) -> Person:
    """Has a corrective action that Wang sees to, another for somebody else, and a paper that Wang brings."""
    li = life.person("李明").begins().records("2026年3月1日")
    wang = life.person(NAME)
    li.invites(wang)
    for clause, what, who in (("5.1.3.1", "没有专项经费", f" {NAME} "), ("5.1.3.2", "没有培训", "赵工")):
        li.does(CommandInput("certification"), "findings", "finding:new", clause, what)
        li.does("预算未列", "列入预算", who, "2026年12月9日", "day:yes")
    return li


def everything(store: Store) -> str:
    with store.transaction() as db:
        return "\n".join(
            str(tuple(row)) for table in SCHEMA.sorted_tables for row in db.execute(select(table))
        ).encode().decode("unicode_escape", "ignore") + "\n".join(
            str(tuple(row)) for table in SCHEMA.sorted_tables for row in db.execute(select(table))
        )


def test_the_name_is_gone_from_every_table_and_other_names_stay(store: Store, life: Life, li: Person) -> None:
    assert NAME in everything(store)
    life.people[NAME].does(CommandInput("erase")).does("erase:all")
    left = everything(store)
    assert NAME not in left
    assert "赵工" in left


def test_what_the_colleague_sees_next_does_not_bring_it_back(store: Store, life: Life, li: Person) -> None:
    life.people[NAME].does(CommandInput("erase")).does("erase:all")
    li.does(CommandInput("certification"), "findings", "nav:undo", "nav:menu")
    assert NAME not in everything(store)
    assert "没有培训" in everything(store)


def test_who_leaves_alone_changes_nothing_of_others(store: Store, life: Life, li: Person) -> None:
    other = life.person("周八").begins("山雨公司")
    other.does(CommandInput("erase")).does("erase:all")
    assert NAME in everything(store)
