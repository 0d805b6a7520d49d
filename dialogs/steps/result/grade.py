"""The provisional grade: what it is, how it came about, what bears it out, and the way to the next star."""

from dialogs.assessment.cases import cases_of
from dialogs.assessment.other_schemes import reachable
from dialogs.certification.reassessment import is_at_risk
from dialogs.flow.navigator import open_place
from dialogs.flow.order import blocking_conditions
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.language.scorecard_text import summary
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button
from dialogs.steps.result.review import implausible_figures, unasked_conditions
from rubric.scoring.score import keep_supported_answers, score
from rubric.scoring.scorecard import Scorecard


class GradeStep(Step):
    state = "grade"

    def blocks(self, scene: Scene) -> list[Block]:
        headline, *rest = summary(scene.words, scene.text, scene.card, organisation=scene.organisation.name)
        return [
            headline,
            *_reservation(scene),
            *_at_risk(scene),
            *rest,
            _supported(scene),
            *implausible_figures(scene),
            block(scene, "hint", "grade.provisional"),
        ]

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return scene.card

    def choices(self, scene: Scene) -> Rows:
        change = button(scene, "nav:review", "grade.change")
        second = [button(scene, "case:new")]
        if len(cases_of(scene, scene.organisation.id)) > 1:
            second.append(button(scene, "compare"))
        if reachable(scene):
            second.append(button(scene, "companions"))
        leave = button(scene, "nav:pause", "grade.leave")
        onward = button(scene, "certification", "grade.certify")
        return [[change, button(scene, "breakdown"), button(scene, "report")], [onward], [*second, leave]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("breakdown", scene.scheme.top_groups[0].id))
        return None


def _reservation(scene: Scene) -> list[Block]:
    """That it is a rehearsal, or that a condition stands against applying."""
    if scene.case.rehearsal:
        return [block(scene, "notice", "grade.rehearsal")]
    return (
        [block(scene, "notice", "grade.barred")] if blocking_conditions(scene) else unasked_conditions(scene)
    )


def _at_risk(scene: Scene) -> list[Block]:
    """That the certificate's grade would not be reached as things stand."""
    certified = is_at_risk(scene)
    if certified is None:
        return []
    return [block(scene, "notice", "grade.at_risk", grade=scene.text.grades[certified])]


def _supported(scene: Scene) -> Block:
    """The score that the files of evidence bear out, beside the one claimed."""
    backed = score(
        scene.scheme, keep_supported_answers(scene.case.sheet(), scene.case.backed(), scene.scheme)
    )
    return block(
        scene,
        "body",
        "grade.supported",
        claimed=formatting.shown(scene.card.exact, scene.words),
        supported=formatting.shown(backed.exact, scene.words),
        grade=scene.text.grades[backed.grade],
    )
