"""Every group with its open questions; a button opens its first one."""

from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import (
    LONGEST_BUTTON_LABEL,
    ButtonRows,
    Step,
    arrange_rows,
    block,
    button,
    labelled_button,
)
from rubric import Group, most_valuable_line


class ContentsStep(Step):
    state = "sections"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        progress = _progress_by_group(scene)
        asked = [group for group in scene.scheme.groups if progress[group.id][1]]
        lines = [_group_line(scene, group, *progress[group.id]) for group in asked]
        return [
            block(scene, "question", "sections.question"),
            Block("body", "\n".join(lines).strip("\n")),
            *_most_valuable_hint(scene),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        progress = _progress_by_group(scene)
        groups = [
            labelled_button(f"section:{group.id}", _group_label(scene, group.id, *progress[group.id]))
            for group in scene.scheme.leaf_groups
            if scene.asked_indicators(group.id)
        ]
        return [*arrange_rows(groups, 3), [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("scoring.question", first_open_of(scene, pressed.removeprefix("section:"))))
        return None


def first_open_of(scene: Scene, group: str) -> str:
    """The first open indicator of the group, else its first."""
    members, still_open = scene.asked_indicators(group), set(scene.scorecard.unanswered)
    return next((one.id for one in members if one.id in still_open), members[0].id)


def _progress_by_group(scene: Scene) -> dict[str, tuple[int, int]]:
    """Return the number of answered and of all indicators, by group."""
    scheme, still_open = scene.scheme, set(scene.scorecard.unanswered)
    members = {group.id: scene.asked_indicators(group.id) for group in scheme.groups}
    return {
        group: (sum(one.id not in still_open for one in inside), len(inside))
        for group, inside in members.items()
    }


def _group_line(scene: Scene, group: Group, done: int, total: int) -> str:
    key = "sections.top" if group.parent is None else "sections.group"
    label = formatting.format_group(scene.text, group.id)
    return scene.words(key, label=label, done=done, total=total, bar=formatting.format_bar(done, total))


def _group_label(scene: Scene, group: str, done: int, total: int) -> str:
    """Return the group's title, cut so that the number of open questions fits on the button."""
    title = formatting.format_group(scene.text, group)
    if done == total:
        return title
    room = LONGEST_BUTTON_LABEL - len(scene.words("sections.open", title="", number=total - done))
    return scene.words("sections.open", title=formatting.shorten(title, room), number=total - done)


def _most_valuable_hint(scene: Scene) -> list[Block]:
    line = most_valuable_line(scene.scorecard)
    if line is None:
        return []
    where = formatting.format_indicator(scene.text, line.indicator)
    return [
        block(scene, "hint", "sections.worth_most", where=where, points=formatting.format_points(line.points))
    ]
