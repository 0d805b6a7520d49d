"""A program that takes one turn over and over, each time killed one step later than before.

For each time it prints a line of JSON: whether it was killed, and how much then stands in every table.
"""

import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import event, func, select

from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store, statements
from bot.store.schema import SCHEMA, conversation_tables
from dialogs.language.catalogue import LOCALES
from dialogs.model.messages import UserInput
from rubric.library.library import Library
from tests.bot.conftest import EVENING


def main(url: str, name: str, given: str) -> None:
    library, inbound = Library.from_folders(), pickle.loads(bytes.fromhex(given))
    for locale in LOCALES:
        library.text("gbt27922-2011", locale)  # read once, not in every child
    for step in count(1):
        child = os.fork()
        if child == 0:
            take_killed_at(
                step,
                TurnService(Store.open(url), library, lambda: EVENING),
                ChannelUser("terminal", name, name, "en"),
                inbound,
            )
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(json.dumps([os.WIFSIGNALED(status), standing(url)]), flush=True)
        if status == 0:
            return


def take_killed_at(step: int, turns: TurnService, who: ChannelUser, inbound: UserInput) -> None:
    """The steps are: before and after each statement, before the commit, and before anything is shown."""
    left = step

    def take_step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(turns.store.engine, moment, take_step)
    step_in_prepared(take_step)
    turns.take_turn(who, inbound, "the same every time")
    take_step()


def step_in_prepared(take_step: Callable[[], None]) -> None:
    """The same for statements that go to the driver past SQLAlchemy's events."""
    execute = statements.execute

    def stepping(*given: Any, **more: Any) -> Any:
        take_step()
        found = execute(*given, **more)
        take_step()
        return found

    statements.execute = stepping


def standing(url: str) -> dict[str, int]:
    """How many rows each table has, and the sum of what counts changes and deliveries."""
    store = Store.open(url)
    with store.transaction() as db:
        found = {
            name: db.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in SCHEMA.tables.items()
        }
        for column in (conversation_tables.conversations.c.revision, conversation_tables.cases.c.revision):
            found[str(column)] = db.execute(select(func.sum(column))).scalar_one()
        for column in (conversation_tables.notices.c.delivered_at, conversation_tables.invitations.c.used_by):
            found[str(column)] = db.execute(select(func.count(column))).scalar_one()
    store.close()
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
