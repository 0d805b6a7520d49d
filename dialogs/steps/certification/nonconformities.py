"""The nonconformities of this certification, open ones first, and special deductions without one."""

from dialogs.certification import nonconformities
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.model.values import Nonconformity
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button

MOST_LISTED = 20
LONGEST_SHOWN = 30


class NonconformitiesStep(Step):
    state = "findings"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        found = [
            block(scene, "question", "findings.question"),
            Block("body", nonconformities.progress_line(scene)),
        ]
        if nonconformities.uncovered_deductions(scene):
            found.append(
                block(
                    scene,
                    "notice",
                    "findings.uncovered",
                    number=len(nonconformities.uncovered_deductions(scene)),
                )
            )
        if not scene.certification.findings:
            found.append(block(scene, "hint", "findings.none"))
        return found

    def choices(self, scene: Scene) -> ButtonRows:
        listed = sorted(scene.certification.findings.items(), key=lambda one: one[1].verified is not None)
        rows = [
            [labelled_button(f"finding:{key}", _nonconformity_label(scene, one))]
            for key, one in listed[:MOST_LISTED]
        ]
        proposed = [
            [labelled_button(f"deduction:{key}", scene.words("findings.from_deduction", note=one.note))]
            for key, one in list(nonconformities.uncovered_deductions(scene).items())[:MOST_LISTED]
        ]
        return [
            *rows,
            *proposed,
            [button(scene, "finding:new"), button(scene, "certification", "findings.back")],
        ]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if pressed == "finding:new":
            nonconformities.begin_nonconformity(scene)
        elif kind == "deduction":
            nonconformities.record_from_deduction(scene, what)
        else:
            open_place(scene, Place("finding", what))
        return None


def _nonconformity_label(scene: Scene, nonconformity: Nonconformity) -> str:
    state = scene.words(f"finding.state.{nonconformities.nonconformity_state(scene, nonconformity)}")
    what = formatting.shorten(nonconformity.what, LONGEST_SHOWN)
    return scene.words("findings.item", state=state, indicator=nonconformity.indicator, what=what)
