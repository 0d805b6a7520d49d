"""Every line of the scorecard in one top-level group: what it earned, and why."""

from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting, scorecard_text
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, button, choice


class BreakdownStep(Step):
    state = "breakdown"

    def blocks(self, scene: Scene) -> list[Block]:
        group, scheme = scene.talk.cursor, scene.scheme
        lines = [
            formatting.line(scene.words, scene.text, one)
            for one in scene.card.lines
            if scheme.top_group_of(one.group) == group
        ]
        head = scorecard_text.group(scene.words, scene.text, scene.card, group)
        return [Block("question", head), Block("body", "\n".join(lines))]

    def choices(self, scene: Scene) -> Rows:
        others = [group.id for group in scene.scheme.top_groups if group.id != scene.talk.cursor]
        groups = [choice(f"group:{group}", formatting.group(scene.text, group)) for group in others]
        return [groups, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("breakdown", pressed.removeprefix("group:")))
        return None
