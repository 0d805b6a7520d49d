"""A condition that blocks an application: correct it, stop, or rehearse."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.model.records import RehearsalChosen
from dialogs.steps.base import ButtonRows, block, button
from dialogs.steps.scoring.eligibility import EligibilityStep, condition_text, fill_condition_settings


class IneligibleStep(EligibilityStep):
    state = "ineligible"
    role = "walk"
    has_cursor = True
    is_detour = True

    def blocks(self, scene: Scene) -> list[Block]:
        text = condition_text(scene)
        return [
            block(scene, "place", "ineligible.place", title=text.title),
            block(scene, "question", "ineligible.blocked"),
            Block("body", fill_condition_settings(scene, text.remedy)),
            block(scene, "hint", "ineligible.choose"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        return [
            [button(scene, "answer:met", "ineligible.correct")],
            [button(scene, "case:rehearse", "ineligible.rehearse")],
            [button(scene, "nav:pause", "ineligible.stop")],
        ]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        """Map nothing: the screen asks no question that yes or no could answer."""
        return {}

    def not_understood_problem(self, scene: Scene) -> Problem:
        return Problem("not_understood", scene.words("not_understood.ineligible"))

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed != "case:rehearse":
            return super().handle_press(scene, pressed)
        record_value(scene, RehearsalChosen, "", True)
        scene.add_message("ineligible.rehearsing")
        fire(scene, "advance")
        return None
