"""The reason why an indicator does not apply; one reason can serve a whole group."""

from dialogs.assessment.answers import record_answer, record_group_answer
from dialogs.flow.navigator import fire
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import ButtonRows, block, button, parse_description
from dialogs.steps.scoring.indicator_step import IndicatorStep, place_block
from rubric import NotApplicable


class NotApplicableReasonStep(IndicatorStep):
    state = "scoring.reason"
    role = "within"
    has_cursor = True

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and scene.scheme.indicator_by_id[cursor].deletable

    def blocks(self, scene: Scene) -> list[Block]:
        where = formatting.format_indicator(scene.text, scene.talk.cursor)
        found = [place_block(scene), block(scene, "question", "reason.question", where=where)]
        if _is_for_group(scene):
            group, members = _deletable_group(scene)
            title = formatting.format_group(scene.text, group)
            found.append(block(scene, "notice", "reason.for_group", group=title, number=len(members)))
        return [*found, block(scene, "hint", "reason.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        group, members = _deletable_group(scene)
        if len(members) < 2:
            return []
        if _is_for_group(scene):
            return [[button(scene, "scope:one", indicator=scene.talk.cursor)]]
        return [[button(scene, "scope:group", group=group, number=len(members))]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["scope"] = pressed.removeprefix("scope:")
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        told = parse_description(scene, utterance)
        if not isinstance(told, str):
            return told or self.not_understood_problem(scene)
        answer = NotApplicable(" ".join(told.split()))
        if _is_for_group(scene):
            group, members = _deletable_group(scene)
            record_group_answer(scene, group, members, answer)
            scene.talk.cursor = members[-1]
        else:
            record_answer(scene, scene.talk.cursor, answer)
        fire(scene, "advance")
        return None


def _is_for_group(scene: Scene) -> bool:
    return scene.talk.draft.get("scope") == "group"


def _deletable_group(scene: Scene) -> tuple[str, list[str]]:
    """Return the indicator's group, and its indicators that may be deleted."""
    group = scene.indicator.group
    return group, [one.id for one in scene.asked_indicators(group) if one.deletable]
