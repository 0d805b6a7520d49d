"""Every line of the scorecard in one top-level group: what it earned, and why."""

from dialogs import summary, wording
from dialogs.conversation import Place
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, button, choice


class Breakdown(Step):
    state = "breakdown"

    def blocks(self, scene: Scene) -> list[Block]:
        group, scheme = scene.talk.cursor, scene.scheme
        lines = [
            wording.line(scene.words, scene.text, one)
            for one in scene.card.lines
            if scheme.top_group_of(one.group) == group
        ]
        head = summary.group(scene.words, scene.text, scene.card, group)
        return [Block("question", head), Block("body", "\n".join(lines))]

    def choices(self, scene: Scene) -> Rows:
        others = [group.id for group in scene.scheme.top_groups if group.id != scene.talk.cursor]
        groups = [choice(f"group:{group}", wording.group(scene.text, group)) for group in others]
        return [groups, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.open(Place("breakdown", pressed.removeprefix("group:")))
        return None
