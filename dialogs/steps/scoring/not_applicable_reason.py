"""Why an indicator does not apply; a whole group can go with one reason."""

from dialogs.assessment.answers import give, give_to_group
from dialogs.flow.navigator import fire
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, block, button, description
from dialogs.steps.scoring.indicator_step import IndicatorStep, place
from rubric.model.answers import NotApplicable


class NotApplicableReasonStep(IndicatorStep):
    state = "scoring.reason"

    def blocks(self, scene: Scene) -> list[Block]:
        where = formatting.titled(scene.text, scene.talk.cursor)
        found = [place(scene), block(scene, "question", "reason.question", where=where)]
        if _whole_group(scene):
            group, members = _group(scene)
            title = formatting.group(scene.text, group)
            found.append(block(scene, "notice", "reason.for_group", group=title, number=len(members)))
        return [*found, block(scene, "hint", "reason.hint")]

    def choices(self, scene: Scene) -> Rows:
        group, members = _group(scene)
        if len(members) < 2:
            return []
        if _whole_group(scene):
            return [[button(scene, "scope:one", indicator=scene.talk.cursor)]]
        return [[button(scene, "scope:group", group=group, number=len(members))]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["scope"] = pressed.removeprefix("scope:")
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        told = description(scene, text)
        if not isinstance(told, str):
            return told or self.not_understood(scene)
        answer = NotApplicable(" ".join(told.split()))
        if _whole_group(scene):
            group, members = _group(scene)
            give_to_group(scene, group, members, answer)
            scene.talk.cursor = members[-1]
        else:
            give(scene, scene.talk.cursor, answer)
        fire(scene, "advance")
        return None


def _whole_group(scene: Scene) -> bool:
    return scene.talk.draft.get("scope") == "group"


def _group(scene: Scene) -> tuple[str, list[str]]:
    """The group of the indicator, and those of its indicators that may be deleted."""
    group = scene.indicator.group
    return group, [one.id for one in scene.members(group) if one.deletable]
