"""The screen waiting to be sent to a chat, as it is stored until it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot import json_text
from bot.delivery.transport import Keyboard


@dataclass(frozen=True, slots=True)
class PendingScreen:
    """A rendered screen and where it belongs.

    `stretch` is the part of the conversation that one message serves; `closing` is the last text of the message of
    the stretch before. `apart`: below what was sent since, never in place of the old message. `pressed` is the message
    whose button led here.
    """

    parts: Sequence[str]
    keyboard: Keyboard
    stretch: str = ""
    closing: str = ""
    apart: bool = False
    pressed: str | None = None

    def to_json(self) -> str:
        return json_text.dumps({name: getattr(self, name) for name in _FIELDS})


_FIELDS = tuple(field.name for field in fields(PendingScreen))


def read_pending_screen(text: str) -> PendingScreen:
    """Return the screen that `to_json` wrote; earlier versions wrote `pressed` as a number."""
    values: dict[str, Any] = json_text.loads(text)
    pressed = values.pop("pressed", None)
    return PendingScreen(**values, pressed=None if pressed is None else str(pressed))
