"""Erasing all data about the contact: what is erased and what stays, confirmed once."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.events import ErasureConfirmed
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button


class EraseStep(Step):
    state = "erase"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "erase.question"),
            block(scene, "body", "erase.goes"),
            block(scene, "body", "erase.stays"),
            block(scene, "hint", "erase.hint"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "erase:all"), button(scene, "nav:resume", "erase.keep")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        """Keep everything on a plain no; only the button's label erases."""
        return dict.fromkeys(("no", "there_is_none", "decline"), "nav:resume")

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        apply_event(scene, ErasureConfirmed())
        fire(scene, "erase")
        return None
