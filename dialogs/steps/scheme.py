"""Which scheme to be assessed under; asked only where there are several."""

from dialogs.assessment import open_case
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, choice
from rubric.texts import SchemeText


class Scheme(Step):
    state = "scheme"

    def blocks(self, scene: Scene) -> list[Block]:
        texts = _texts(scene).values()
        listed = [Block("body", f"{text.short} {text.title}\n{text.about}") for text in texts]
        return [block(scene, "question", "scheme.question"), *listed]

    def choices(self, scene: Scene) -> Rows:
        return [[choice(f"scheme:{name}", text.short)] for name, text in _texts(scene).items()]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        open_case(scene, pressed.removeprefix("scheme:"))
        scene.fire("advance")
        return None


def _texts(scene: Scene) -> dict[str, SchemeText]:
    return {name: scene.library.text(name, scene.talk.locale) for name in scene.library.offered()}
