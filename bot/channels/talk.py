"""One contact's side of the talk, as the terminal and the JSON lines see it: an input in, replies out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from bot.store.locales import locale_of
from bot.turns import Turns, Who
from dialogs.messages import Inbound, Opened, Press, Reply, Said, Sent

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


@dataclass(frozen=True, slots=True)
class StoredTalk:
    """The talk as the store keeps it. `keep` takes a file into the data folder; `asked` is a language."""

    turns: Turns
    who: Who
    keep: Keep
    asked: str | None = None

    def take(self, given: Input) -> tuple[Reply, ...]:
        return self.turns.take(self.who, self._inbound(given), given.id)

    def locale(self) -> str:
        """The language that the talk is in now."""
        return self._locale() or self.who.locale

    def is_new(self) -> bool:
        """Whether nothing was said yet."""
        return self._locale() is None

    def _locale(self) -> str | None:
        with self.turns.store.transaction() as db:
            return locale_of(db, self.who.channel, self.who.address)

    def _inbound(self, given: Input) -> Inbound:
        match given.kind:
            case "open":
                return Opened(self.asked)
            case "press":
                return Press(given.value)
            case "text":
                return Said(given.value)
            case "file":
                return self.keep(Path(given.value))
