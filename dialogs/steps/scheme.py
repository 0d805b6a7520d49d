"""Which scheme to be assessed under; asked only where there are several."""

from dialogs.assessment import open_case
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block


class Scheme(Step):
    state = "scheme"

    def blocks(self, scene: Scene) -> list[Block]:
        texts = [scene.library.text(name, scene.talk.locale) for name in scene.library.names()]
        listed = [Block("body", f"{text.short} {text.title}\n{text.about}") for text in texts]
        return [block(scene, "question", "scheme.question"), *listed]

    def choices(self, scene: Scene) -> Rows:
        names = scene.library.names()
        return [
            [Button(f"scheme:{name}", scene.library.text(name, scene.talk.locale).short)] for name in names
        ]

    def press(self, scene: Scene, button: str) -> Problem | None:
        open_case(scene, button.removeprefix("scheme:"))
        scene.fire("advance")
        return None
