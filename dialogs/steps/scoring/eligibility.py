"""The conditions of applying, asked one at a time."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.order import conditions
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.events import EligibilityFailed
from dialogs.model.messages import Block, Problem
from dialogs.model.records import EligibilityAnswered
from dialogs.steps.base import Rows, Step, block, button, yes_or_no
from rubric.model.fractions import format_exact
from rubric.model.profile import EligibilityQuestion
from rubric.model.texts import EligibilityText


class EligibilityStep(Step):
    state = "eligibility"

    def name(self, scene: Scene) -> str:
        return f"eligibility.{scene.talk.cursor}"

    def blocks(self, scene: Scene) -> list[Block]:
        text, ids = text_of(scene), conditions(scene)
        number = ids.index(scene.talk.cursor) + 1
        place = block(scene, "place", "eligibility.place", title=text.title, number=number, total=len(ids))
        found = [place, Block("question", filled(scene, text.question))]
        given = scene.case.eligibility.get(scene.talk.cursor)
        if given:
            found.append(block(scene, "body", "question.present", answer=scene.words(f"eligibility.{given}")))
        found.append(Block("hint", filled(scene, text.why)))
        return [*found, Block("hint", scene.text.untrue)] if number == 1 else found

    def choices(self, scene: Scene) -> Rows:
        row = [
            button(scene, "answer:met", "eligibility.met"),
            button(scene, "answer:unmet", "eligibility.unmet"),
        ]
        if asked(scene).not_needed:
            row.append(button(scene, "answer:na", "eligibility.na"))
        known = scene.talk.cursor in scene.case.eligibility
        return [row, [button(scene, "nav:next", "button.keep") if known else button(scene, "answer:skip")]]

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return yes_or_no(text_of(scene).question)

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "answer:skip":
            scene.add_message("eligibility.later", "saved", title=text_of(scene).title)
        elif pressed.startswith("answer:"):
            self._record(scene, pressed.removeprefix("answer:"))
        fire(scene, "advance")
        return None

    def not_understood(self, scene: Scene) -> Problem:
        if not asked(scene).not_needed:
            return super().not_understood(scene)
        return Problem("not_understood", scene.words("not_understood.eligibility_or_not_needed"))

    def _record(self, scene: Scene, given: str) -> None:
        question, text = asked(scene), text_of(scene)
        record_value(scene, EligibilityAnswered, question.id, given)
        said = scene.words(f"eligibility.{given}")
        scene.add_message("eligibility.saved", "saved", title=text.title, answer=said)
        if given != "unmet":
            return
        if question.consequence == "blocks":
            apply_event(scene, EligibilityFailed(scene.case.id, question.id))
        if question.consequence == "warns" or scene.case.rehearsal:
            scene.add_message("eligibility.advice", remedy=filled(scene, text.remedy))


def asked(scene: Scene) -> EligibilityQuestion:
    return next(question for question in scene.scheme.eligibility if question.id == scene.talk.cursor)


def text_of(scene: Scene) -> EligibilityText:
    return scene.text.eligibility[scene.talk.cursor]


def filled(scene: Scene, sentence: str) -> str:
    """The sentence with the condition's own settings (`{months}`) put in."""
    settings = {name: format_exact(number.value) for name, number in asked(scene).settings.items()}
    return formatting.settings_filled(sentence, settings)
