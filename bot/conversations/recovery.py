"""The recovery from an unexpected exception in a turn or a screen: a number, the log, the menu."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.catalogue_text import translate
from bot.conversations.turns import ChannelUser, TurnService
from bot.store.conversations import failures
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.conversations.failures import MENU, Failure
from dialogs import Block, ChatStart, Problem, Screen

T = TypeVar("T")
Replies: TypeAlias = tuple[Problem, Screen]
Put: TypeAlias = Callable[[Connection, str, Replies], T]
"""Stores the replies for a channel, in the transaction in which they are made."""
log = logging.getLogger(__name__)


def _new_number() -> str:
    return f"{secrets.randbelow(10**8):08}"


@dataclass(frozen=True, slots=True)
class Incident:
    """An unexpected exception; `inbound` is the input or the screen, for the operator alone."""

    error: Exception
    inbound: str
    number: str = field(default_factory=_new_number)

    def log(self) -> None:
        """Write the traceback to the log under the number."""
        log.error("failure %s", self.number, exc_info=self.error)

    def keep(self, db: Connection, contact: str | None, place: str, now: datetime) -> None:
        failures.keep(db, Failure(self.number, contact, place, self.inbound, repr(self.error), now))


def recover(turns: TurnService, who: ChannelUser, incident: Incident, put: Put[T]) -> T:
    """Log and keep the incident, bring the contact to the menu, and return what `put` makes of the replies.

    The failed work was rolled back or committed whole before. `put` is called first with a screen without buttons, in
    case the menu fails too, and then with the menu. Raises StoreError when nothing can be saved.
    """
    incident.log()
    now = turns.clock()
    with turns.store.transaction() as db:
        contact = get_or_create_contact(db, who, now)
        problem, without_menu = open_menu(db, contact.id, incident, now)
        result = put(db, contact.id, (problem, without_menu))
    for clears in (False, True):
        try:
            with turns.store.transaction() as db:
                if clears:
                    failures.clear_conversation(db, contact.id, now)
                menu = turns.screen_now(db, contact, ChatStart(), now)
                return put(db, contact.id, (problem, menu))
        except Exception:
            log.exception("failure %s: the menu failed too", incident.number)
    return result


def open_menu(db: Connection, contact: str, incident: Incident, now: datetime) -> Replies:
    """Keep the incident and put the conversation at the menu; return replies for a menu that cannot be shown."""
    position = failures.open_menu(db, contact)
    incident.keep(db, contact, position.place, now)
    sentence = translate(position.locale, "failure.internal", number=incident.number)
    menu = Screen(MENU, None, (), (), revision=position.revision, locale=position.locale)
    return Problem("internal", sentence), without_menu(menu)


def without_menu(menu: Screen) -> Screen:
    """Return a fixed text in place of a menu that cannot be shown."""
    return replace(menu, blocks=(Block("notice", translate(menu.locale, "failure.no_menu")),), buttons=())
