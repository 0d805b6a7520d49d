"""The provisional grade: what it is, how it came about, what bears it out, and the way to the next star."""

from dialogs import wording
from dialogs.assessment import open_case
from dialogs.conversation import Place
from dialogs.events import FigureRecorded
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from dialogs.steps.review import implausible_figures
from dialogs.summary import summary
from rubric.numbers import plain
from rubric.score import Scorecard, score, supported


class Grade(Step):
    state = "grade"

    def blocks(self, scene: Scene) -> list[Block]:
        card = scene.card
        backed = score(scene.scheme, supported(scene.case.sheet(), scene.case.backed(), scene.scheme))
        found = summary(scene.words, scene.text, card, organisation=scene.organisation.name)
        if scene.case.rehearsal:
            found.insert(1, block(scene, "notice", "grade.rehearsal"))
        elif _barred(scene):
            found.insert(1, block(scene, "notice", "grade.barred"))
        evidence = block(
            scene,
            "body",
            "grade.supported",
            claimed=wording.shown(card.exact, scene.words),
            supported=wording.shown(backed.exact, scene.words),
            grade=wording.grade(scene.text, backed.grade),
        )
        return [*found, evidence, *implausible_figures(scene), block(scene, "hint", "grade.provisional")]

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return scene.card

    def choices(self, scene: Scene) -> Rows:
        first = [
            button(scene, "nav:review", "grade.change"),
            button(scene, "breakdown"),
            button(scene, "report"),
        ]
        second = [button(scene, "case:new")]
        if len(cases_of(scene)) > 1:
            second.append(button(scene, "compare"))
        return [first, [*second, button(scene, "nav:pause", "grade.leave")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        scene.open(Place("breakdown", scene.scheme.top_groups[0].id))
        return None


class Breakdown(Step):
    """Every line of the scorecard in one top-level group: what it earned, and why."""

    state = "breakdown"

    def blocks(self, scene: Scene) -> list[Block]:
        group, text = scene.talk.cursor, scene.text
        total = scene.card.groups[group]
        title = f"{group} {text.groups[group]}"
        share = wording.bar(int(total.earned * 100), int(total.involved * 100))
        values = {"earned": wording.points(total.earned), "involved": plain(total.involved), "bar": share}
        lines = [
            wording.line(scene, one)
            for one in scene.card.lines
            if scene.scheme.top_group_of(one.group) == group
        ]
        return [
            block(scene, "question", "grade.group", title=title, **values),
            Block("body", "\n".join(lines)),
        ]

    def choices(self, scene: Scene) -> Rows:
        groups = [
            Button(f"group:{group.id}", f"{group.id} {scene.text.groups[group.id]}")
            for group in scene.scheme.top_groups
            if group.id != scene.talk.cursor
        ]
        return [groups, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        scene.open(Place("breakdown", button.removeprefix("group:")))
        return None


def _barred(scene: Scene) -> bool:
    given = scene.case.eligibility
    return any(q.consequence == "blocks" and given.get(q.id) == "unmet" for q in scene.scheme.eligibility)


def cases_of(scene: Scene) -> list[str]:
    """The cases of the organisation being worked on, oldest first."""
    found = [case for case in scene.dossier.cases.values() if case.organisation == scene.talk.organisation]
    return [case.id for case in sorted(found, key=lambda case: case.opened_at)]


def begin_again(scene: Scene) -> None:
    """A new case of the same organisation; the one before is kept."""
    schemes = scene.library.names()
    if len(schemes) > 1:
        scene.talk.case = None
        scene.open(Place("scheme"))
        return
    known = dict(scene.case.figures)
    open_case(scene, schemes[0])
    for figure in [one for one in known if one in scene.scheme.figure_by_id]:
        scene.record(FigureRecorded, figure, known[figure], undoable=False)
    scene.talk.path = []
    scene.tell("case.new", "saved")
    scene.open(
        Place("organisation", scene.scheme.figures[0].id if scene.scheme.figures else "name"), back=True
    )
