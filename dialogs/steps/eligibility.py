"""The conditions of applying: asked one at a time; one that blocks is explained, with what to do about it."""

from dialogs import wording
from dialogs.events import EligibilityAnswered, EligibilityFailed, RehearsalChosen
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from rubric.model import EligibilityQuestion
from rubric.numbers import plain
from rubric.texts import EligibilityText


def asked(scene: Scene) -> EligibilityQuestion:
    return next(question for question in scene.scheme.eligibility if question.id == scene.talk.cursor)


def filled(scene: Scene, sentence: str) -> str:
    settings = {name: plain(number.value) for name, number in asked(scene).settings.items()}
    return wording.settings_filled(sentence, settings)


class Eligibility(Step):
    state = "eligibility"
    on_yes = "answer:met"
    on_no = "answer:unmet"

    def name(self, scene: Scene) -> str:
        return f"eligibility.{scene.talk.cursor}"

    def blocks(self, scene: Scene) -> list[Block]:
        ids = [question.id for question in scene.scheme.eligibility]
        number, text = ids.index(scene.talk.cursor) + 1, self.text(scene)
        place = scene.words("eligibility.place", title=text.title, number=number, total=len(ids))
        found = [Block("place", place), Block("question", filled(scene, text.question))]
        given = scene.case.eligibility.get(scene.talk.cursor)
        if given:
            found.append(block(scene, "body", "question.present", answer=scene.words(f"eligibility.{given}")))
        found.append(Block("hint", filled(scene, text.why)))
        if number == 1:
            found.append(Block("hint", scene.text.untrue))
        return found

    def text(self, scene: Scene) -> EligibilityText:
        return scene.text.eligibility[scene.talk.cursor]

    def choices(self, scene: Scene) -> Rows:
        row = [
            button(scene, "answer:met", "eligibility.met"),
            button(scene, "answer:unmet", "eligibility.unmet"),
        ]
        if asked(scene).not_needed:
            row.append(button(scene, "answer:na", "eligibility.na"))
        known = scene.talk.cursor in scene.case.eligibility
        return [row, [button(scene, "nav:next", "button.keep")] if known else []]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button.startswith("answer:"):
            self._record(scene, button.removeprefix("answer:"))
        scene.fire("advance")
        return None

    def _record(self, scene: Scene, given: str) -> None:
        question = asked(scene)
        scene.record(EligibilityAnswered, question.id, given)
        scene.tell(
            "eligibility.saved",
            "saved",
            title=self.text(scene).title,
            answer=scene.words(f"eligibility.{given}"),
        )
        if given != "unmet":
            return
        if question.consequence == "blocks":
            scene.happen(EligibilityFailed(scene.case.id, question.id))
        if question.consequence == "warns" or scene.case.rehearsal:
            scene.tell("eligibility.advice", remedy=filled(scene, self.text(scene).remedy))


class Ineligible(Eligibility):
    """A condition that keeps the enterprise from applying: put it right, stop here, or rehearse."""

    state = "ineligible"
    on_yes = "answer:met"
    on_no = ""

    def blocks(self, scene: Scene) -> list[Block]:
        text = self.text(scene)
        return [
            block(scene, "place", "ineligible.place", title=text.title),
            block(scene, "question", "ineligible.blocked"),
            Block("body", filled(scene, text.remedy)),
            block(scene, "hint", "ineligible.choose"),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [
            [button(scene, "answer:met", "ineligible.correct")],
            [button(scene, "case:rehearse", "ineligible.rehearse")],
            [button(scene, "nav:pause", "ineligible.stop")],
        ]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button == "case:rehearse":
            scene.record(RehearsalChosen, "", True)
            scene.tell("ineligible.rehearsing")
            scene.fire("advance")
            return None
        return super().press(scene, button)
