"""What is looked at in passing: menu, help, the map of sections, a break."""

from dialogs import wording
from dialogs.conversation import Place
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, rows_of
from rubric.ladder import worth_most

ON_THE_WAY = ("language", "agreement", "organisation")


class Menu(Step):
    state = "menu"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "menu.question"), *_standing(scene)]

    def choices(self, scene: Scene) -> Rows:
        rows = [[button(scene, "nav:resume", "menu.resume")]]
        if scene.has_case:
            rows.append(
                [button(scene, "nav:sections"), button(scene, "nav:review"), button(scene, "profile")]
            )
            rows.append([button(scene, "report"), button(scene, "invitation"), button(scene, "case:new")])
        rows.append([button(scene, "organisations"), button(scene, "join"), button(scene, "language")])
        return [*rows, [button(scene, "nav:help"), button(scene, "nav:pause")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        return None


class Help(Step):
    """How this works, and how the screen that one came from is answered."""

    state = "help"

    def blocks(self, scene: Scene) -> list[Block]:
        here = scene.talk.main.state.replace(".", "_")
        return [
            block(scene, "question", "help.title"),
            block(scene, "body", f"help.{here}"),
            block(scene, "body", "help.anywhere"),
            block(scene, "hint", "help.saved"),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        return None


class Sections(Step):
    """Every group with what is open in it; a press goes to its first open indicator."""

    state = "sections"

    def blocks(self, scene: Scene) -> list[Block]:
        words, text = scene.words, scene.text
        lines: list[str] = []
        for group in scene.scheme.groups:
            done, total = _counted(scene, group.id)
            key = "sections.top" if group.parent is None else "sections.group"
            label = f"{group.id} {text.groups[group.id]}"
            lines.append(words(key, label=label, done=done, total=total, bar=wording.bar(done, total)))
        return [
            block(scene, "question", "sections.question"),
            Block("body", "\n".join(lines).strip("\n")),
            *_best_next(scene),
        ]

    def choices(self, scene: Scene) -> Rows:
        groups = [
            Button(f"section:{group.id}", self._label(scene, group.id)) for group in scene.scheme.leaf_groups
        ]
        return [*rows_of(groups, 3), [button(scene, "nav:resume", "menu.resume")]]

    def _label(self, scene: Scene, group: str) -> str:
        done, total = _counted(scene, group)
        title = f"{group} {scene.text.groups[group]}"
        return title if done == total else scene.words("sections.open", title=title, number=total - done)

    def press(self, scene: Scene, button: str) -> Problem | None:
        open_section(scene, button.removeprefix("section:"))
        return None


class Paused(Step):
    state = "paused"
    on_yes = "nav:resume"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.main.cursor if scene.talk.main.state == "scoring.question" else None

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "paused.question"),
            *_standing(scene),
            block(scene, "hint", "paused.hint"),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "nav:resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        return None


def open_section(scene: Scene, group: str) -> None:
    """Go to the first open indicator of the group, else to its first."""
    members = [indicator.id for indicator in scene.scheme.members(group)]
    unanswered = set(scene.card.unanswered)
    chosen = next((one for one in members if one in unanswered), members[0])
    scene.open(Place("scoring.question", chosen))


def _counted(scene: Scene, group: str) -> tuple[int, int]:
    unanswered = set(scene.card.unanswered)
    members = scene.scheme.members(group)
    return sum(1 for one in members if one.id not in unanswered), len(members)


def _standing(scene: Scene) -> list[Block]:
    """Where the talk stands: the organisation, the place, how much is answered, the range."""
    if not scene.has_case:
        return []
    words, main = scene.words, scene.talk.main
    done, total = wording.answered_count(scene)
    if main.state == "scoring.question":
        where = wording.titled(scene, main.cursor)
    else:
        where = words(f"state.{main.state}")
    values = {"organisation": scene.organisation.name, "where": where, "done": done, "total": total}
    return [
        block(
            scene,
            "body",
            "paused.standing",
            **values,
            bar=wording.bar(done, total),
            range=wording.span(scene),
        )
    ]


def _best_next(scene: Scene) -> list[Block]:
    line = worth_most(scene.card)
    if line is None:
        return []
    where = wording.titled(scene, line.indicator)
    return [block(scene, "hint", "sections.worth_most", where=where, points=wording.points(line.points))]
