"""The bonus (R5): at most one, described as text; skipping it claims none."""

from collections.abc import Mapping

from dialogs.flow.case_text import score_range
from dialogs.flow.navigator import fire
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.model.records import BonusRecorded
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import ButtonRows, Step, block, button, parse_description
from rubric import format_exact


class BonusStep(Step):
    state = "bonus"
    role = "walk"
    needs = "case"

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and bool(scene.scheme.bonus.at_most)

    def blocks(self, scene: Scene) -> list[Block]:
        text, place = scene.text.bonus, block(scene, "place", "bonus.place")
        if _is_claiming(scene):
            return [place, block(scene, "question", "bonus.describe"), Block("hint", text.hint)]
        found = [place, Block("question", text.question), Block("hint", text.hint)]
        if scene.case.bonus:
            found.append(block(scene, "body", "bonus.claimed", note=scene.case.bonus[""]))
        return [*found, block(scene, "hint", "bonus.how", points=format_exact(scene.scheme.bonus.points))]

    def choices(self, scene: Scene) -> ButtonRows:
        if scene.case.bonus:
            keep, again = (
                button(scene, "nav:next", "button.keep"),
                button(scene, "bonus:claim", "bonus.again"),
            )
            return [[keep, again, button(scene, "bonus:none", "bonus.withdraw")]]
        first = [button(scene, "nav:next", "bonus.pass")]
        return [first if _is_claiming(scene) else [*first, button(scene, "bonus:claim", "bonus.claim")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        claim = "" if _is_claiming(scene) else "bonus:claim"
        return {"yes": claim, "there_is": claim, "no": "nav:next", "there_is_none": "nav:next"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "bonus:claim":
            scene.talk.draft["claim"] = "yes"
            return None
        if pressed == "bonus:none" and record_value(scene, BonusRecorded, "", None):
            scene.add_message("bonus.withdrawn", "saved", range=score_range(scene))
        fire(scene, "advance")
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        if not _is_claiming(scene):
            return self.not_understood_problem(scene)
        note = parse_description(scene, utterance)
        if not isinstance(note, str):
            return note or Problem("too_short", scene.words("input.too_short"))
        record_value(scene, BonusRecorded, "", note)
        scene.add_message("bonus.saved", "saved", range=score_range(scene))
        fire(scene, "advance")
        return None


def _is_claiming(scene: Scene) -> bool:
    """Return whether the description is being asked for."""
    return "claim" in scene.talk.draft
