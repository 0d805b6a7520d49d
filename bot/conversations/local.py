"""One contact's side of the talk, as the terminal and the JSON lines see it: an input in, replies out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from bot.catalogue_text import say
from bot.conversations.turns import Turns, Who
from bot.store import StoreError
from bot.store.conversations.contacts import locale_of
from dialogs.model.messages import Inbound, Opened, Press, Problem, Reply, Said, Screen, Sent

InputKind = Literal["open", "press", "text", "file"]
Keep = Callable[[Path], Sent]


@dataclass(frozen=True, slots=True)
class Input:
    """What was done; `value` is a button's id, typed text, or a path. The same `id` again changes nothing."""

    kind: InputKind
    value: str = ""
    id: str | None = None


class Talk(Protocol):
    """Each input is a turn of its own: what the replies say is saved by the time they are returned."""

    def take(self, given: Input) -> tuple[Reply, ...]: ...


@dataclass(slots=True)
class StoredTalk:
    """The talk as the store keeps it. `keep` takes a file into the data folder; `asked` is a language.

    Where the store fails in the middle of a talk, the contact is told that the input was not saved, and goes on.
    """

    turns: Turns
    who: Who
    keep: Keep
    asked: str | None = None
    shown: Screen | None = None

    def take(self, given: Input) -> tuple[Reply, ...]:
        """The replies to an input. Raises StoreError before anything was shown, never later."""
        try:
            replies = self.turns.take(self.who, self._inbound(given), given.id)
        except (StoreError, OSError) as error:
            if self.shown is None:
                raise
            return (self._not_saved(error), self.shown)
        self.shown = next((one for one in reversed(replies) if isinstance(one, Screen)), self.shown)
        return replies

    def locale(self) -> str:
        """The language of the screen shown last, or else the one to begin in."""
        return self.shown.locale if self.shown is not None else self.who.locale

    def is_new(self) -> bool:
        """Whether nothing was said yet."""
        with self.turns.store.transaction() as db:
            return locale_of(db, self.who.channel, self.who.address) is None

    def _not_saved(self, error: Exception) -> Problem:
        why = say(self.locale(), f"store.{error.code if isinstance(error, StoreError) else 'disk'}")
        return Problem("not_saved", say(self.locale(), "store.not_saved", why=why))

    def _inbound(self, given: Input) -> Inbound:
        match given.kind:
            case "open":
                return Opened(self.asked)
            case "press":
                return Press(given.value, None if self.shown is None else self.shown.revision)
            case "text":
                return Said(given.value)
            case "file":
                return self.keep(Path(given.value))
