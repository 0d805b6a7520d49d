"""A local contact's conversation, for the terminal and JSON lines: an input in, replies out."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import Connection

from bot.catalogue_text import translate
from bot.conversations.recovery import Incident, Replies, recover, without_menu
from bot.conversations.turns import ChannelUser, TurnService
from bot.store import StoreError
from bot.store.conversations.contacts import find_locale
from bot.store.conversations.processed_inputs import input_key, record_input
from dialogs import ButtonPress, ChatStart, FileInput, Problem, Reply, Screen, TextInput, UserInput

InputKind = Literal["open", "press", "text", "file"]
KeepFile = Callable[[Path], FileInput]
Show = Callable[[Iterable[Reply]], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Input:
    """An input; `value` is a button id, typed text or a path. Repeating an `id` changes nothing."""

    kind: InputKind
    value: str = ""
    id: str | None = None


class Talk(Protocol):
    """A conversation; what the replies confirm is saved before they are returned."""

    def take(self, user_input: Input) -> tuple[Reply, ...]: ...

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        """Return the menu after an unexpected exception in the display of the replies."""
        ...


def run_or_recover(talk: Talk, act: Callable[[], None], show: Show, show_plainly: Show) -> None:
    """Run `act`; after an unexpected error show the menu, and if that fails too, a fixed text.

    Raises StoreError and OSError, which are no mistakes of the program.
    """
    try:
        act()
    except (StoreError, OSError):
        raise
    except Exception as error:
        _show_menu(talk.recover(error), show, show_plainly)


def _show_menu(replies: tuple[Reply, ...], show: Show, show_plainly: Show) -> None:
    try:
        show(replies)
    except (StoreError, OSError):
        raise
    except Exception:
        log.exception("the menu cannot be shown either")
        show_plainly([without_menu(one) if isinstance(one, Screen) else one for one in replies])


@dataclass(slots=True)
class StoredTalk:
    """A conversation in the store; `keep_file` stores a file, `requested_locale` is a language.

    When the store fails, the contact gets the message that the input was not saved, and can go on.
    """

    turns: TurnService
    user: ChannelUser
    keep_file: KeepFile
    requested_locale: str | None = None
    last_screen: Screen | None = None

    def take(self, user_input: Input) -> tuple[Reply, ...]:
        """Return the replies to an input. Raises StoreError before anything was shown, never later."""
        try:
            return self._noted(self._taken(user_input))
        except (StoreError, OSError) as error:
            if self.last_screen is None:
                raise
            return (self._not_saved_problem(error), self.last_screen)

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        state = "" if self.last_screen is None else self.last_screen.state
        return self._noted(self._recovered(Incident(error, f"showing {state}"), None))

    def locale(self) -> str:
        """Return the language of the last screen, else the one to begin in."""
        return self.last_screen.locale if self.last_screen is not None else self.user.locale

    def is_new(self) -> bool:
        """Tell whether the contact has no conversation yet."""
        with self.turns.store.transaction() as db:
            return find_locale(db, self.user.channel, self.user.address) is None

    def _taken(self, given: Input) -> tuple[Reply, ...]:
        try:
            return self.turns.take_turn(self.user, self._inbound(given), given.id)
        except (StoreError, OSError):
            raise
        except Exception as error:
            return self._recovered(Incident(error, repr(given)), given.id)

    def _recovered(self, incident: Incident, inbound_id: str | None) -> tuple[Reply, ...]:
        """Return the menu; the input with that id counts as received."""

        def put(db: Connection, contact: str, replies: Replies) -> Replies:
            if inbound_id is not None:
                record_input(db, contact, input_key(inbound_id), self.turns.clock())
            return replies

        return recover(self.turns, self.user, incident, put)

    def _noted(self, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        self.last_screen = next(
            (one for one in reversed(replies) if isinstance(one, Screen)), self.last_screen
        )
        return replies

    def _not_saved_problem(self, error: Exception) -> Problem:
        why = translate(self.locale(), f"store.{error.code if isinstance(error, StoreError) else 'disk'}")
        return Problem("not_saved", translate(self.locale(), "store.not_saved", why=why))

    def _inbound(self, user_input: Input) -> UserInput:
        match user_input.kind:
            case "open":
                return ChatStart(self.requested_locale)
            case "press":
                return ButtonPress(
                    user_input.value, None if self.last_screen is None else self.last_screen.revision
                )
            case "text":
                return TextInput(user_input.value)
            case "file":
                return self.keep_file(Path(user_input.value))
