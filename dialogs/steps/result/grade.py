"""The provisional grade: its derivation, the score that evidence supports, and the way to the next grade."""

from dialogs.assessment.cases import list_case_ids
from dialogs.assessment.other_schemes import list_other_schemes
from dialogs.certification.reassessment import find_endangered_grade
from dialogs.flow.navigator import open_place
from dialogs.flow.order import blocking_conditions
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.language.scorecard_text import scorecard_blocks
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button
from dialogs.steps.result.review import implausible_figures, unasked_conditions
from rubric import Scorecard, keep_supported_answers, score


class GradeStep(Step):
    state = "grade"
    role = "walk"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        headline, *rest = scorecard_blocks(
            scene.words, scene.text, scene.scorecard, organisation=scene.organisation.name
        )
        return [
            headline,
            *_reservation_notice(scene),
            *_risk_notice(scene),
            *rest,
            _supported_score(scene),
            *implausible_figures(scene),
            block(scene, "hint", "grade.provisional"),
        ]

    def scorecard(self, scene: Scene) -> Scorecard | None:
        return scene.scorecard

    def choices(self, scene: Scene) -> ButtonRows:
        change = button(scene, "nav:review", "grade.change")
        second = [button(scene, "case:new")]
        if len(list_case_ids(scene, scene.organisation.id)) > 1:
            second.append(button(scene, "compare"))
        if list_other_schemes(scene):
            second.append(button(scene, "companions"))
        leave = button(scene, "nav:pause", "grade.leave")
        onward = button(scene, "certification", "grade.certify")
        return [[change, button(scene, "breakdown"), button(scene, "report")], [onward], [*second, leave]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("breakdown", scene.scheme.top_groups[0].id))
        return None


def _reservation_notice(scene: Scene) -> list[Block]:
    """Return the notice that it is a rehearsal, or that a condition blocks an application."""
    if scene.case.rehearsal:
        return [block(scene, "notice", "grade.rehearsal")]
    return (
        [block(scene, "notice", "grade.barred")] if blocking_conditions(scene) else unasked_conditions(scene)
    )


def _risk_notice(scene: Scene) -> list[Block]:
    """Return the notice that the present assessment does not reach the certificate's grade."""
    certified = find_endangered_grade(scene)
    if certified is None:
        return []
    return [block(scene, "notice", "grade.at_risk", grade=scene.text.grades[certified])]


def _supported_score(scene: Scene) -> Block:
    """Return the score that the evidence files support, next to the claimed score."""
    backed = score(
        scene.scheme,
        keep_supported_answers(
            scene.case.answer_sheet(), scene.case.indicators_with_evidence(), scene.scheme
        ),
    )
    return block(
        scene,
        "body",
        "grade.supported",
        claimed=formatting.format_score(scene.scorecard.exact, scene.words),
        supported=formatting.format_score(backed.exact, scene.words),
        grade=scene.text.grades[backed.grade],
    )
