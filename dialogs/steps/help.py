"""How this works, and how the screen that one came from is answered."""

from dialogs.messages import Block
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button


class Help(Step):
    state = "help"

    def blocks(self, scene: Scene) -> list[Block]:
        here = scene.talk.main.state.replace(".", "_")
        return [
            block(scene, "question", "help.title"),
            block(scene, "body", f"help.{here}"),
            block(scene, "body", "help.anywhere"),
            block(scene, "hint", "help.saved"),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "nav:resume", "menu.resume")]]
