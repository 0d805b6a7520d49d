"""The description of a special deduction of the kind under the cursor."""

import hashlib
from itertools import count

from dialogs.flow.case_text import score_range
from dialogs.flow.navigator import fire
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.model.records import DeductionRecorded
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import Step, block, parse_description
from rubric import SpecialDeduction


class DeductionNoteStep(Step):
    state = "deductions.note"
    role = "within"
    has_cursor = True
    needs = "case"

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and cursor in scene.scheme.special_deductions.kinds

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.deductions[scene.talk.cursor]
        return [
            block(scene, "place", "deductions.place"),
            block(scene, "question", "deductions.describe", label=text.label),
            Block("hint", text.hint),
        ]

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        note = parse_description(scene, utterance)
        if not isinstance(note, str):
            return note or self.not_understood_problem(scene)
        found = SpecialDeduction(scene.talk.cursor, note)
        record_value(scene, DeductionRecorded, _new_deduction_key(scene, found), found)
        scene.add_message(
            "deductions.saved", "saved", number=scene.scorecard.deductions, range=score_range(scene)
        )
        fire(scene, "advance")
        return None


def _new_deduction_key(scene: Scene, deduction: SpecialDeduction) -> str:
    """Return a key made from the content, so that a button never refers to another deduction."""
    keys = (
        hashlib.sha256(f"{deduction.kind}\n{deduction.note}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.case.deductions)
