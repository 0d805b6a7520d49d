"""Every group with what is open in it; a press goes to its first open indicator."""

from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import LONGEST_LABEL, Rows, Step, block, button, choice, rows_of
from rubric.model.indicators import Group
from rubric.scoring.improvements import most_valuable_line


class ContentsStep(Step):
    state = "sections"

    def blocks(self, scene: Scene) -> list[Block]:
        progress = _progress(scene)
        asked = [group for group in scene.scheme.groups if progress[group.id][1]]
        lines = [_line(scene, group, *progress[group.id]) for group in asked]
        return [
            block(scene, "question", "sections.question"),
            Block("body", "\n".join(lines).strip("\n")),
            *_worth_most(scene),
        ]

    def choices(self, scene: Scene) -> Rows:
        progress = _progress(scene)
        groups = [
            choice(f"section:{group.id}", _label(scene, group.id, *progress[group.id]))
            for group in scene.scheme.leaf_groups
            if scene.members(group.id)
        ]
        return [*rows_of(groups, 3), [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("scoring.question", first_of(scene, pressed.removeprefix("section:"))))
        return None


def first_of(scene: Scene, group: str) -> str:
    """The first open indicator of the group, else its first."""
    members, still_open = scene.members(group), set(scene.card.unanswered)
    return next((one.id for one in members if one.id in still_open), members[0].id)


def _progress(scene: Scene) -> dict[str, tuple[int, int]]:
    """By group, how many of its indicators have an answer, and how many it has."""
    scheme, still_open = scene.scheme, set(scene.card.unanswered)
    members = {group.id: scene.members(group.id) for group in scheme.groups}
    return {
        group: (sum(one.id not in still_open for one in inside), len(inside))
        for group, inside in members.items()
    }


def _line(scene: Scene, group: Group, done: int, total: int) -> str:
    key = "sections.top" if group.parent is None else "sections.group"
    label = formatting.group(scene.text, group.id)
    return scene.words(key, label=label, done=done, total=total, bar=formatting.bar(done, total))


def _label(scene: Scene, group: str, done: int, total: int) -> str:
    """The group's title, cut where it would push the number of open ones off the button."""
    title = formatting.group(scene.text, group)
    if done == total:
        return title
    room = LONGEST_LABEL - len(scene.words("sections.open", title="", number=total - done))
    return scene.words("sections.open", title=formatting.shortened(title, room), number=total - done)


def _worth_most(scene: Scene) -> list[Block]:
    line = most_valuable_line(scene.card)
    if line is None:
        return []
    where = formatting.titled(scene.text, line.indicator)
    return [block(scene, "hint", "sections.worth_most", where=where, points=formatting.points(line.points))]
