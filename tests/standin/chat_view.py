"""A chat as the people in it see and use it."""

import time
from collections.abc import Callable
from copy import copy
from typing import Any

from tests.standin.errors import Json
from tests.standin.loop_thread import LoopThread, in_loop
from tests.standin.state import Chat, Message, World


class Talk:
    def __init__(self, thread: LoopThread, world: World, chat: Chat) -> None:
        self.thread, self._world, self._chat = thread, world, chat

    @property
    def id(self) -> int:
        return self._chat.id

    @in_loop
    def messages(self) -> list[Message]:
        """All that can be seen, the oldest first."""
        return [copy(one) for one in self._chat.messages.values() if not one.deleted]

    def screen(self) -> Message | None:
        """The bot's newest message."""
        return next(reversed(self._of_bot()), None)

    def keyboards(self) -> list[Message]:
        return [one for one in self._of_bot() if one.buttons]

    def labels(self) -> list[str]:
        """What stands on the newest keyboard."""
        newest = next(reversed(self.keyboards()), None)
        return newest.labels if newest else []

    def documents(self) -> list[Message]:
        """The bot's messages with a file."""
        return [one for one in self._of_bot() if one.document]

    @in_loop
    def message(self, message_id: int) -> Message:
        """Any message, deleted ones too."""
        return copy(self._chat.messages[message_id])

    @in_loop
    def delete_bot_message(self, message_id: int) -> None:
        self._chat.messages[message_id].deleted = True

    @in_loop
    def toasts(self) -> list[str]:
        """What presses were answered with, where there was a text."""
        return [one.text for one in self._world.queries.values() if one.chat == self.id and one.text]

    @in_loop
    def unanswered(self) -> int:
        """How many presses the bot left without an answer."""
        return sum(not one.answered for one in self._world.queries.values() if one.chat == self.id)

    def _of_bot(self) -> list[Message]:
        return [one for one in self.messages() if one.from_bot]

    def _send(self, user: Json, content: Json) -> tuple[Message, int]:
        self._chat.known = True
        message = self._world.message(self._chat, user, content)
        return message, self._world.updates.add("message", message.raw)

    def _press(self, user: Json, wanted: str, message_id: int | None, forged: bool) -> int:
        message = self._pressed(lambda one: forged or one.has(wanted), message_id, wanted)
        data = wanted if forged else _data(message, wanted)
        shown: Any = message.raw
        if message.deleted:
            shown = {"chat": self._chat.raw, "message_id": message.id, "date": 0}
        return self._world.updates.add(
            "callback_query",
            {
                "id": self._world.query(self.id),
                "from": user,
                "message": dict(shown),
                "chat_instance": str(self.id * 7919),
                "data": data,
            },
        )

    def _pressed(self, fits: Callable[[Message], bool], message_id: int | None, wanted: str) -> Message:
        if message_id is not None:
            found = [self._chat.messages[message_id]]
        else:
            found = [one for one in self._chat.messages.values() if one.buttons and not one.deleted]
        fitting = [one for one in found if fits(one)]
        assert fitting, f"no button {wanted!r} among {[one.labels for one in found]}"
        return fitting[-1]


def _data(message: Message, wanted: str) -> str:
    found = next(one for one in message.buttons if wanted in {one.label, one.data})
    assert found.data is not None, f"{wanted!r} only opens {found.url}"
    return found.data


def now() -> int:
    return int(time.time())
