"""The lines of the scorecard in one top-level group."""

from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting, scorecard_text
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, button, labelled_button


class BreakdownStep(Step):
    state = "breakdown"
    has_cursor = True
    needs = "case"

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and cursor in {group.id for group in scene.scheme.top_groups}

    def blocks(self, scene: Scene) -> list[Block]:
        group, scheme = scene.talk.cursor, scene.scheme
        lines = [
            formatting.format_score_line(scene.words, scene.text, one)
            for one in scene.scorecard.lines
            if scheme.top_group_of(one.group) == group
        ]
        head = scorecard_text.group_line(scene.words, scene.text, scene.scorecard, group)
        return [Block("question", head), Block("body", "\n".join(lines))]

    def choices(self, scene: Scene) -> ButtonRows:
        others = [group.id for group in scene.scheme.top_groups if group.id != scene.talk.cursor]
        groups = [
            labelled_button(f"group:{group}", formatting.format_group(scene.text, group)) for group in others
        ]
        return [groups, [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("breakdown", pressed.removeprefix("group:")))
        return None
