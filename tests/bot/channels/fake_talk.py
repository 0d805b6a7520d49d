"""A talk that answers from a list, and remembers what it was given."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.conversations.local import Input
from dialogs.model.messages import Block, Button, Reply, Screen


def screen(text="Which?", *rows, state="scoring.question", **fields):
    """A screen with rows of buttons, each button's label its id in capitals."""
    buttons = tuple(tuple(Button(one, one.upper()) for one in row) for row in rows)
    return Screen(state, None, (Block("question", text),), buttons, **fields)


@dataclass
class FakeTalk:
    """`replies` are given one after the other, the last one again and again; an exception is raised."""

    replies: list[tuple[Reply, ...] | BaseException]
    taken: list[Input] = field(default_factory=list)

    def take(self, given: Input) -> tuple[Reply, ...]:
        self.taken.append(given)
        found = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(found, BaseException):
            raise found
        return found

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        raise error

    @property
    def after_opening(self) -> Iterable[Input]:
        return self.taken[1:]
