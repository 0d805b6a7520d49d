"""Special deductions (R4): those recorded, one button to add each kind, one to withdraw each."""

from collections.abc import Mapping

from dialogs.flow.case_text import score_range
from dialogs.flow.navigator import fire
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.model.records import DeductionRecorded
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button
from rubric import format_exact

MOST_DEDUCTIONS = 20
LONGEST_SHOWN = 80


class DeductionsStep(Step):
    state = "deductions"
    role = "walk"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        rule = scene.scheme.special_deductions
        found = [
            block(scene, "place", "deductions.place"),
            block(
                scene, "question", "deductions.question", each=format_exact(rule.each), fail_at=rule.fail_at
            ),
            _kinds_block(scene),
        ]
        if scene.case.deductions:
            found.append(block(scene, "body", "deductions.listed", items=_deduction_lines(scene)))
        if scene.scorecard.veto:
            found.append(block(scene, "notice", "deductions.veto", number=scene.scorecard.deductions))
        return found

    def choices(self, scene: Scene) -> ButtonRows:
        present, text = scene.case.deductions, scene.text.deductions
        kinds = [
            labelled_button(f"deduction:{kind}", text[kind].label)
            for kind in scene.scheme.special_deductions.kinds
        ]
        taken = [
            [button(scene, f"withdraw:{key}", "deductions.withdraw", number=number)]
            for number, key in enumerate(present, start=1)
        ]
        first = button(scene, "nav:next", "deductions.done" if present else "deductions.none")
        return [[first], kinds if len(present) < MOST_DEDUCTIONS else [], *taken]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"no": "nav:next", "there_is_none": "nav:next"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "deduction":
            fire(scene, "ask_note")
            scene.talk.cursor = what
        elif kind == "withdraw":
            record_value(scene, DeductionRecorded, what, None)
            scene.add_message("deductions.withdrawn", "saved", range=score_range(scene))
        else:
            fire(scene, "advance")
        return None


def _kinds_block(scene: Scene) -> Block:
    """Return what a deduction of each kind is."""
    words, text = scene.words, scene.text.deductions
    kinds = [text[kind] for kind in scene.scheme.special_deductions.kinds]
    lines = [words("deductions.kind", label=kind.label, hint=kind.hint) for kind in kinds]
    return Block("body", "\n".join(lines))


def _deduction_lines(scene: Scene) -> str:
    words, text = scene.words, scene.text.deductions
    return "\n".join(
        words(
            "deductions.item",
            number=number,
            kind=text[one.kind].label,
            note=formatting.shorten(one.note, LONGEST_SHOWN),
        )
        for number, one in enumerate(scene.case.deductions.values(), start=1)
    )
