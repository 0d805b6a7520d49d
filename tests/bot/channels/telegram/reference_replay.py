"""What a killed program left behind, beside what one leaves that was never killed and heard the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, text

from bot.channels.telegram.inbound.mapping import ContactInput, map_update
from bot.channels.telegram.inbound.update_handler import UpdateHandler
from bot.channels.telegram.inbound.updates import parse_update
from bot.channels.telegram.transport.telegram_transport import CHANNEL
from bot.conversations.attachments import AttachmentFolder
from bot.conversations.turns import TurnService
from bot.delivery.pending_screen import PendingScreen, read_pending_screen
from bot.store import Store
from bot.store.delivery import updates
from bot.store.delivery.updates import ReceivedUpdate
from rubric.library.library import Library
from tests import migrated
from tests.bot.channels.telegram.serve_process import Served
from tests.standin.entities import parse_html

ANSWERS = """
    SELECT address, field, key, CAST(value AS TEXT), inbound
    FROM answers JOIN contacts ON contacts.id = answers.contact_id ORDER BY answers.id
"""
TALKS = """
    SELECT address, state, cursor, locale, revision, organisations.name
    FROM conversations JOIN contacts ON contacts.id = contact_id
    LEFT JOIN organisations ON organisations.id = organisation_id
"""
SCREENS = "SELECT address, wanted FROM panels JOIN contacts ON contacts.id = contact_id"


def assert_as_if_never_killed(one: Served) -> None:
    """Answers with their updates, where each talk stands, and what each chat shows are those of the other."""
    with never_killed(one) as other:
        for query in (ANSWERS, TALKS):
            assert by_contact(one.rows(query)) == by_contact(rows(other, query))
        wanted = {
            int(address): read_pending_screen(said) for address, said in map(tuple, rows(other, SCREENS))
        }
    for chat, letter in wanted.items():
        assert shown(one, chat) == (parse_html(letter.parts[-1])[0].strip(), buttons(letter)), chat


@contextmanager
def never_killed(one: Served) -> Iterator[Store]:
    """A store in which every update that was accepted was dealt with, one after the other."""
    bodies = one.api.thread.call(lambda: dict(one.api.world.updates._all))
    store = Store.open(migrated.copy_to(one.folder / "never-killed.db"))
    turns = TurnService(store, Library.from_folders())
    turning = UpdateHandler(turns, one.api.username, AttachmentFolder(one.folder / "handout"), None)
    try:
        with store.transaction() as db:
            for (number,) in one.rows("SELECT update_id FROM updates ORDER BY number"):
                (stored,) = updates.accept_updates(
                    db, CHANNEL, "1", [ReceivedUpdate(number, bodies[int(number)])], datetime.now(UTC)
                )
                update = parse_update(stored.payload)
                arrival = update and map_update(update, one.api.username, "zh-Hans")
                assert isinstance(arrival, ContactInput)
                assert not hasattr(arrival.inbound, "file_id"), "a file would have to be fetched"
                turning.handle_input(db, stored, arrival, arrival.inbound)
        yield store
    finally:
        store.close()


def rows(store: Store, query: str) -> list[Row[Any]]:
    with store.transaction() as db:
        return list(db.execute(text(query)))


def by_contact(found: list[Row[Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """Each contact's own rows in their order: how the contacts were mixed is nobody's promise."""
    sorted_out: dict[str, list[tuple[Any, ...]]] = {}
    for row in found:
        sorted_out.setdefault(row[0], []).append(tuple(row[1:]))
    return sorted_out


def shown(one: Served, chat: int) -> tuple[str, list[tuple[str, str | None]]]:
    screen = one.api.contact(chat).screen()
    assert screen is not None
    return screen.text, [(button.label, button.data) for button in screen.buttons]


def buttons(letter: PendingScreen) -> list[tuple[str, str]]:
    return [(label, data) for row in letter.keyboard for label, data in row]
