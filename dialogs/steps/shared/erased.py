"""The last screen, after all data about the contact was erased."""

from dialogs.flow.scene import Scene
from dialogs.model.messages import Block
from dialogs.steps.base import ButtonRows, Step, block


class ErasedStep(Step):
    state = "erased"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "erased.done"), block(scene, "hint", "erased.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        return []
