"""The nonconformities of this certification, those still open first, and what must become one."""

from dialogs.certification import nonconformities
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.model.values import Nonconformity
from dialogs.steps.base import Rows, Step, block, button, choice

MOST_LISTED = 20
LONGEST_SHOWN = 30


class NonconformitiesStep(Step):
    state = "findings"

    def blocks(self, scene: Scene) -> list[Block]:
        found = [
            block(scene, "question", "findings.question"),
            Block("body", nonconformities.progress_line(scene)),
        ]
        if nonconformities.uncovered(scene):
            found.append(
                block(scene, "notice", "findings.uncovered", number=len(nonconformities.uncovered(scene)))
            )
        if not scene.certification.findings:
            found.append(block(scene, "hint", "findings.none"))
        return found

    def choices(self, scene: Scene) -> Rows:
        listed = sorted(scene.certification.findings.items(), key=lambda one: one[1].verified is not None)
        rows = [[choice(f"finding:{key}", _label(scene, one))] for key, one in listed[:MOST_LISTED]]
        proposed = [
            [choice(f"deduction:{key}", scene.words("findings.from_deduction", note=one.note))]
            for key, one in list(nonconformities.uncovered(scene).items())[:MOST_LISTED]
        ]
        return [
            *rows,
            *proposed,
            [button(scene, "finding:new"), button(scene, "certification", "findings.back")],
        ]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if pressed == "finding:new":
            nonconformities.begin(scene)
        elif kind == "deduction":
            nonconformities.from_deduction(scene, what)
        else:
            open_place(scene, Place("finding", what))
        return None


def _label(scene: Scene, finding: Nonconformity) -> str:
    state = scene.words(f"finding.state.{nonconformities.state_of(scene, finding)}")
    what = formatting.shortened(finding.what, LONGEST_SHOWN)
    return scene.words("findings.item", state=state, indicator=finding.indicator, what=what)
