"""Confirming the submission."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.events import GradeComputed
from dialogs.model.messages import Block, Problem
from dialogs.model.records import CaseSubmitted
from dialogs.steps.base import ButtonRows, Step, block, button
from dialogs.steps.result.review import unasked_conditions
from rubric import format_exact


class ConfirmStep(Step):
    state = "confirm"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        number = len(scene.scorecard.unanswered)
        found = [block(scene, "question", "confirm.question")]
        if number:
            found.append(block(scene, "notice", "confirm.open", number=number))
        found += unasked_conditions(scene)
        return [*found, block(scene, "hint", "confirm.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "nav:submit", "confirm.submit")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:submit", "agree": "nav:submit", "no": "nav:back"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        card = scene.scorecard
        record_value(scene, CaseSubmitted, "", scene.now.isoformat())
        exact = None if card.exact is None else format_exact(card.exact)
        shown = None if card.exact is None else formatting.format_score(card.exact, scene.words)
        apply_event(scene, GradeComputed(scene.case.id, card.grade, shown, exact))
        fire(scene, "submit")
        return None
