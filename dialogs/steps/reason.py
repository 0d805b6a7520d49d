"""Why an indicator does not apply; a whole group can go with one reason."""

from dialogs.answering import give
from dialogs.messages import Block, Problem
from dialogs.parse import cleaned, meanings
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from dialogs.steps.question import place
from rubric.sheet import NotApplicable

LONGEST_REASON = 500


class Reason(Step):
    state = "scoring.reason"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.cursor

    def takes_number(self, scene: Scene) -> bool:
        return False

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.indicators[scene.talk.cursor]
        found = [
            place(scene),
            block(scene, "question", "reason.question", where=f"{scene.talk.cursor} {text.title}"),
        ]
        if _whole_group(scene):
            group, members = _group(scene)
            title = f"{group} {scene.text.groups[group]}"
            found.append(block(scene, "notice", "reason.for_group", group=title, number=len(members)))
        return [*found, block(scene, "hint", "reason.hint")]

    def choices(self, scene: Scene) -> Rows:
        group, members = _group(scene)
        if len(members) < 2:
            return []
        if _whole_group(scene):
            return [[button(scene, "scope:one", indicator=scene.talk.cursor)]]
        return [[button(scene, "scope:group", group=group, number=len(members))]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        scene.talk.draft["scope"] = button.removeprefix("scope:")
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        reason = " ".join(cleaned(text).split())
        if len(reason) < 2 or meanings(text) or not any(c.isalpha() for c in reason):
            return self.not_understood(scene)
        if len(reason) > LONGEST_REASON:
            return Problem("too_long", scene.words("input.too_long", most=LONGEST_REASON))
        indicators = _group(scene)[1] if _whole_group(scene) else [scene.talk.cursor]
        give(scene, indicators, NotApplicable(reason))
        scene.talk.cursor = indicators[-1] if _whole_group(scene) else scene.talk.cursor
        scene.fire("advance")
        return None


def _whole_group(scene: Scene) -> bool:
    return scene.talk.draft.get("scope") == "group"


def _group(scene: Scene) -> tuple[str, list[str]]:
    """The group of the indicator, and those of its indicators that may be deleted."""
    group = scene.indicator.group
    return group, [one.id for one in scene.scheme.members(group) if one.deletable]
