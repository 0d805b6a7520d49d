"""What every step has: a screen, and what it makes of a press, of text, of a file."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import ClassVar

from dialogs.flow.case_text import example_clause
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import words_of
from dialogs.language.formatting import shortened
from dialogs.model.messages import Block, BlockKind, Button, Problem, Screen, Sent
from dialogs.parsing.intents import asks_for_none, cleaned, meanings
from rubric.scoring.scorecard import Scorecard

Rows = list[list[Button]]

LONGEST_LABEL = 40
LONGEST_DESCRIPTION = 500


class Step:
    """One state of the talk. `takes_text`: what is typed here is never a clause or screen to go to."""

    state: ClassVar[str]
    takes_text: ClassVar[bool] = False

    def name(self, scene: Scene) -> str:
        """The state as it is called outside."""
        return self.state

    def indicator(self, scene: Scene) -> str | None:
        return None

    def blocks(self, scene: Scene) -> list[Block]:
        raise NotImplementedError

    def choices(self, scene: Scene) -> Rows:
        """The buttons of this step alone; navigation is added below them."""
        return []

    def hears(self, scene: Scene) -> Mapping[str, str]:
        """The button that words of a meaning press here, where not the one that they press everywhere; "": none."""
        return {}

    def takes_number(self, scene: Scene) -> bool:
        return False

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return None

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        """Act on a button that this step's screen offers."""
        raise NotImplementedError(pressed)

    def said(self, scene: Scene, text: str) -> Problem | None:
        """Act on text that pressed no button; here it is not understood."""
        return self.not_understood(scene)

    def sent(self, scene: Scene, file: Sent) -> Problem | None:
        return Problem("file_not_here", scene.words("file.not_here", example=example_clause(scene)))

    def not_understood(self, scene: Scene) -> Problem:
        """A sentence that helps with this very screen."""
        key = f"not_understood.{self.state.replace('.', '_')}"
        return Problem("not_understood", scene.words(key, example=example_clause(scene)))

    def show(self, scene: Scene, rows: Rows) -> Screen:
        """The screen: what is to be told, the step's own blocks, and the buttons."""
        return Screen(
            state=self.name(scene),
            indicator=self.indicator(scene),
            blocks=(*scene.messages, *self.blocks(scene)),
            buttons=tuple(tuple(row) for row in rows if row),
            scorecard=self.scorecard(scene),
            takes_number=self.takes_number(scene),
        )


def button(scene: Scene, button_id: str, key: str = "", **values: object) -> Button:
    """A button labelled from the catalogue; the key is derived from the id where none is given."""
    sentence = key or f"button.{button_id.replace(':', '_')}"
    if values:
        return choice(button_id, scene.words(sentence, **values))
    return _button(button_id, sentence, scene.talk.locale)


@lru_cache(4096)
def _button(button_id: str, key: str, locale: str) -> Button:
    """Most buttons are the same on every screen."""
    return choice(button_id, words_of(locale)(key))


def choice(button_id: str, label: str) -> Button:
    """A button with a label that may hold what somebody typed."""
    return Button(button_id, shortened(label, LONGEST_LABEL))


def block(scene: Scene, kind: BlockKind, key: str, **values: object) -> Block:
    return Block(kind, scene.words(key, **values))


def rows_of(buttons: Iterable[Button], width: int) -> Rows:
    """The buttons in rows of `width`."""
    listed = list(buttons)
    return [listed[start : start + width] for start in range(0, len(listed), width)]


def yes_or_no(question: str) -> Mapping[str, str]:
    """What plain words answer to the question: a bare 有 or 没有 nothing, where it asks for something not to be."""
    said = {"yes": "answer:met", "no": "answer:unmet"}
    if asks_for_none(question):
        return said
    return said | {"there_is": "answer:met", "there_is_none": "answer:unmet"}


def description(scene: Scene, text: str) -> str | Problem | None:
    """A description in free text, or what is wrong with it; None where it describes nothing."""
    told = cleaned(text)
    known = meanings(text) - {"no_such_business"}
    if known or len(told) < 2 or not any(c.isalpha() for c in told):
        return None
    if len(told) > LONGEST_DESCRIPTION:
        return Problem("too_long", scene.words("input.too_long", most=LONGEST_DESCRIPTION))
    return told
