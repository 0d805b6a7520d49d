"""The conditions for an application, asked one at a time."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.order import condition_ids
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.events import EligibilityFailed
from dialogs.model.messages import Block, Problem
from dialogs.model.records import EligibilityAnswered
from dialogs.steps.base import ButtonRows, Step, block, button, yes_no_buttons
from rubric import EligibilityQuestion, EligibilityText, format_exact


class EligibilityStep(Step):
    state = "eligibility"
    role = "walk"
    has_cursor = True
    is_detour = True
    needs = "case"

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and cursor in condition_ids(scene)

    def state_name(self, scene: Scene) -> str:
        return f"eligibility.{scene.talk.cursor}"

    def blocks(self, scene: Scene) -> list[Block]:
        text, ids = condition_text(scene), condition_ids(scene)
        number = ids.index(scene.talk.cursor) + 1
        place = block(scene, "place", "eligibility.place", title=text.title, number=number, total=len(ids))
        found = [place, Block("question", fill_condition_settings(scene, text.question))]
        given = scene.case.eligibility.get(scene.talk.cursor)
        if given:
            found.append(block(scene, "body", "question.present", answer=scene.words(f"eligibility.{given}")))
        found.append(Block("hint", fill_condition_settings(scene, text.why)))
        return [*found, Block("hint", scene.text.untrue)] if number == 1 else found

    def choices(self, scene: Scene) -> ButtonRows:
        row = [
            button(scene, "answer:met", "eligibility.met"),
            button(scene, "answer:unmet", "eligibility.unmet"),
        ]
        if current_condition(scene).not_needed:
            row.append(button(scene, "answer:na", "eligibility.na"))
        known = scene.talk.cursor in scene.case.eligibility
        return [row, [button(scene, "nav:next", "button.keep") if known else button(scene, "answer:skip")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return yes_no_buttons(condition_text(scene).question)

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "answer:skip":
            scene.add_message("eligibility.later", "saved", title=condition_text(scene).title)
        elif pressed.startswith("answer:"):
            self._record_condition(scene, pressed.removeprefix("answer:"))
        fire(scene, "advance")
        return None

    def not_understood_problem(self, scene: Scene) -> Problem:
        if not current_condition(scene).not_needed:
            return super().not_understood_problem(scene)
        return Problem("not_understood", scene.words("not_understood.eligibility_or_not_needed"))

    def _record_condition(self, scene: Scene, given: str) -> None:
        question, text = current_condition(scene), condition_text(scene)
        record_value(scene, EligibilityAnswered, question.id, given)
        said = scene.words(f"eligibility.{given}")
        scene.add_message("eligibility.saved", "saved", title=text.title, answer=said)
        if given != "unmet":
            return
        if question.consequence == "blocks":
            apply_event(scene, EligibilityFailed(scene.case.id, question.id))
        if question.consequence == "warns" or scene.case.rehearsal:
            scene.add_message("eligibility.advice", remedy=fill_condition_settings(scene, text.remedy))


def current_condition(scene: Scene) -> EligibilityQuestion:
    return next(question for question in scene.scheme.eligibility if question.id == scene.talk.cursor)


def condition_text(scene: Scene) -> EligibilityText:
    return scene.text.eligibility[scene.talk.cursor]


def fill_condition_settings(scene: Scene, sentence: str) -> str:
    """Fill in the condition's settings (`{months}`)."""
    settings = {
        name: format_exact(number.value) for name, number in current_condition(scene).settings.items()
    }
    return formatting.fill_settings(sentence, settings)
