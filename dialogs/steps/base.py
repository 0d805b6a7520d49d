"""What every step has: a screen, and what it makes of a press, of text, of a file."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from dialogs.messages import Attachment, Block, BlockKind, Button, Problem, Screen, Sent
from dialogs.scene import Scene
from rubric.score import Scorecard

Rows = list[list[Button]]


class Step:
    """One state of the talk. `on_yes` and `on_no` are the buttons that a plain yes or no presses here."""

    state: ClassVar[str]
    on_yes: ClassVar[str] = ""
    on_no: ClassVar[str] = ""
    numeric: ClassVar[bool] = False

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

    def takes_number(self, scene: Scene) -> bool:
        return self.numeric

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return None

    def press(self, scene: Scene, button: str) -> Problem | None:
        """Act on a button that this step's screen offers."""
        raise NotImplementedError(button)

    def said(self, scene: Scene, text: str) -> Problem | None:
        """Act on text that pressed no button; here it is not understood."""
        return self.not_understood(scene)

    def sent(self, scene: Scene, file: Sent) -> Problem | None:
        return Problem("file_not_here", scene.words("file.not_here"))

    def not_understood(self, scene: Scene) -> Problem:
        """A sentence that helps with this very screen."""
        return Problem("not_understood", scene.words(f"not_understood.{self.state.replace('.', '_')}"))

    def show(self, scene: Scene, navigation: Rows) -> Screen:
        """The screen: what is to be told, the step's own blocks, its buttons and the navigation."""
        return Screen(
            state=self.name(scene),
            indicator=self.indicator(scene),
            blocks=(*scene.told, *self.blocks(scene)),
            buttons=tuple(tuple(row) for row in [*self.choices(scene), *navigation] if row),
            attachments=tuple[Attachment, ...](scene.attachments),
            scorecard=self.scorecard(scene),
            takes_number=self.takes_number(scene),
        )


def button(scene: Scene, button_id: str, key: str = "", **values: object) -> Button:
    """A button labelled from the catalogue; the key is derived from the id where none is given."""
    return Button(button_id, scene.words(key or f"button.{button_id.replace(':', '_')}", **values))


def block(scene: Scene, kind: BlockKind, key: str, **values: object) -> Block:
    return Block(kind, scene.words(key, **values))


def rows_of(buttons: Iterable[Button], width: int) -> Rows:
    """The buttons in rows of `width`."""
    listed = list(buttons)
    return [listed[start : start + width] for start in range(0, len(listed), width)]


def labelled(labels: Mapping[str, str], prefix: str) -> list[Button]:
    return [Button(f"{prefix}:{code}", label) for code, label in labels.items()]
