"""The base of all steps: a screen, and the handling of a button, a text, a file."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import ClassVar

from dialogs.flow.case_text import example_clause
from dialogs.flow.scene import Need, Scene
from dialogs.flow.states import StateProperties, StateRole, register_state
from dialogs.language.catalogue import find_catalogue
from dialogs.language.formatting import shorten
from dialogs.model.messages import Block, BlockKind, Button, FileInput, Problem, Screen
from dialogs.parsing.intents import asks_for_none
from dialogs.parsing.utterance import Utterance
from rubric import Scorecard

ButtonRows = list[list[Button]]

LONGEST_BUTTON_LABEL = 40
LONGEST_DESCRIPTION = 500

STEP_CLASSES: dict[str, "type[Step]"] = {}


class Step:
    """One state of the conversation, which a subclass registers by naming its `state`.

    `takes_text`: what is typed here is never a clause or a screen to go to. `needs`: what must be open for the screen
    to be shown. The others are those of StateProperties.
    """

    state: ClassVar[str]
    role: ClassVar[StateRole] = "aside"
    has_cursor: ClassVar[bool] = False
    is_detour: ClassVar[bool] = False
    parent: ClassVar[str] = ""
    needs: ClassVar[Need] = "nothing"
    takes_text: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        if "state" in cls.__dict__:
            properties = StateProperties(cls.role, cls.has_cursor, cls.is_detour, cls.parent)
            register_state(cls.state, properties)
            STEP_CLASSES[cls.state] = cls

    def fits(self, scene: Scene, cursor: str) -> bool:
        """Whether the screen can be shown as things are, about what `cursor` says."""
        return scene.has(self.needs)

    def state_name(self, scene: Scene) -> str:
        """Return the state's name in the interface."""
        return self.state

    def indicator(self, scene: Scene) -> str | None:
        return None

    def blocks(self, scene: Scene) -> list[Block]:
        raise NotImplementedError

    def choices(self, scene: Scene) -> ButtonRows:
        """Return the step's own buttons; navigation is added below them."""
        return []

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        """Return the button by meaning where it differs from the usual one; "" for none."""
        return {}

    def takes_number(self, scene: Scene) -> bool:
        return False

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return None

    def handle_press(self, scene: Scene, button_id: str) -> Problem | None:
        """Handle a button of this step's screen."""
        raise NotImplementedError(button_id)

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        """Handle an utterance that pressed no button; by default it is not understood."""
        return self.not_understood_problem(scene)

    def handle_file(self, scene: Scene, file: FileInput) -> Problem | None:
        return Problem("file_not_here", scene.words("file.not_here", example=example_clause(scene)))

    def not_understood_problem(self, scene: Scene) -> Problem:
        """Return a problem with help for this screen."""
        key = f"not_understood.{self.state.replace('.', '_')}"
        return Problem("not_understood", scene.words(key, example=example_clause(scene)))

    def build_screen(self, scene: Scene, rows: ButtonRows) -> Screen:
        """Build the screen: messages, the step's blocks, and the buttons."""
        return Screen(
            state=self.state_name(scene),
            indicator=self.indicator(scene),
            blocks=(*scene.messages, *self.blocks(scene)),
            buttons=tuple(tuple(row) for row in rows if row),
            scorecard=self.scorecard(scene),
            takes_number=self.takes_number(scene),
        )


def button(scene: Scene, button_id: str, key: str = "", **values: object) -> Button:
    """Return a button with a label from the catalogue; the key is derived from the id by default."""
    sentence = key or f"button.{button_id.replace(':', '_')}"
    if values:
        return labelled_button(button_id, scene.words(sentence, **values))
    return _button(button_id, sentence, scene.talk.locale)


@lru_cache(4096)
def _button(button_id: str, key: str, locale: str) -> Button:
    """Return a cached button: most are the same on every screen."""
    return labelled_button(button_id, find_catalogue(locale)(key))


def labelled_button(button_id: str, label: str) -> Button:
    """Return a button with a label that may contain user input."""
    return Button(button_id, shorten(label, LONGEST_BUTTON_LABEL))


def block(scene: Scene, kind: BlockKind, key: str, **values: object) -> Block:
    return Block(kind, scene.words(key, **values))


def arrange_rows(buttons: Iterable[Button], width: int) -> ButtonRows:
    """The buttons in rows of `width`."""
    listed = list(buttons)
    return [listed[start : start + width] for start in range(0, len(listed), width)]


def yes_no_buttons(question: str) -> Mapping[str, str]:
    """Return the buttons for plain yes and no; 有 and 没有 have none where the question is negative."""
    said = {"yes": "answer:met", "no": "answer:unmet"}
    if asks_for_none(question):
        return said
    return said | {"there_is": "answer:met", "there_is_none": "answer:unmet"}


def parse_description(scene: Scene, utterance: Utterance) -> str | Problem | None:
    """Return the utterance as a description, or what is wrong with it; None where it describes nothing."""
    description = utterance.cleaned
    known = utterance.meanings - {"no_such_business"}
    if known or len(description) < 2 or not any(c.isalpha() for c in description):
        return None
    if len(description) > LONGEST_DESCRIPTION:
        return Problem("too_long", scene.words("input.too_long", most=LONGEST_DESCRIPTION))
    return description
