"""Every group with what is open in it; a press goes to its first open indicator."""

from dialogs import wording
from dialogs.conversation import Place
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of
from rubric.ladder import worth_most
from rubric.model import Group


class Sections(Step):
    state = "sections"

    def blocks(self, scene: Scene) -> list[Block]:
        lines = [_line(scene, group) for group in scene.scheme.groups]
        return [
            block(scene, "question", "sections.question"),
            Block("body", "\n".join(lines).strip("\n")),
            *_worth_most(scene),
        ]

    def choices(self, scene: Scene) -> Rows:
        groups = [
            choice(f"section:{group.id}", _label(scene, group.id)) for group in scene.scheme.leaf_groups
        ]
        return [*rows_of(groups, 3), [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.open(Place("scoring.question", first_of(scene, pressed.removeprefix("section:"))))
        return None


def first_of(scene: Scene, group: str) -> str:
    """The first open indicator of the group, else its first."""
    members, still_open = scene.scheme.members(group), set(scene.card.unanswered)
    return next((one.id for one in members if one.id in still_open), members[0].id)


def _counted(scene: Scene, group: str) -> tuple[int, int]:
    """How many indicators of the group have an answer, and how many it has."""
    members, still_open = scene.scheme.members(group), set(scene.card.unanswered)
    return sum(1 for one in members if one.id not in still_open), len(members)


def _line(scene: Scene, group: Group) -> str:
    done, total = _counted(scene, group.id)
    key = "sections.top" if group.parent is None else "sections.group"
    label = wording.group(scene.text, group.id)
    return scene.words(key, label=label, done=done, total=total, bar=wording.bar(done, total))


def _label(scene: Scene, group: str) -> str:
    done, total = _counted(scene, group)
    title = wording.group(scene.text, group)
    return title if done == total else scene.words("sections.open", title=title, number=total - done)


def _worth_most(scene: Scene) -> list[Block]:
    line = worth_most(scene.card)
    if line is None:
        return []
    where = wording.titled(scene, line.indicator)
    return [block(scene, "hint", "sections.worth_most", where=where, points=wording.points(line.points))]
