"""Evidence files and a note for the indicator under the cursor."""

from collections.abc import Mapping

from dialogs.flow.navigator import go_back
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.model.records import EvidenceRecorded, NoteRecorded
from dialogs.parsing.intents import ANSWER_MEANINGS
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import ButtonRows, block, button
from dialogs.steps.scoring.guidance import evidence_ideas
from dialogs.steps.scoring.indicator_step import IndicatorStep, place_block

LONGEST_NAME = 40
LONGEST_NOTE = 1000


class EvidenceStep(IndicatorStep):
    state = "scoring.evidence"
    role = "within"
    has_cursor = True

    def blocks(self, scene: Scene) -> list[Block]:
        words, cursor, notes = scene.words, scene.talk.cursor, scene.case.notes
        question = block(
            scene, "question", "evidence.question", where=formatting.format_indicator(scene.text, cursor)
        )
        found = [place_block(scene), question, evidence_ideas(scene)]
        names = [
            formatting.shorten(file.name, LONGEST_NAME) for file in scene.case.evidence_for(cursor).values()
        ]
        if names:
            items = "\n".join(words("guide.item", text=name) for name in names)
            found.append(block(scene, "body", "evidence.files", items=items))
        if cursor in notes:
            found.append(block(scene, "body", "question.note", note=notes[cursor]))
        return [*found, block(scene, "hint", "evidence.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        cursor = scene.talk.cursor
        removals = [
            [button(scene, f"remove:{key}", "button.remove", name=file.name)]
            for key, file in scene.case.evidence_for(cursor).items()
        ]
        note = [[button(scene, "remove_note")]] if cursor in scene.case.notes else []
        return [[button(scene, "nav:next", "button.to_question")], *removals, *note]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return dict.fromkeys(("no", "there_is_none", "agree"), "nav:next")

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "nav:next":
            go_back(scene)
        elif pressed == "remove_note":
            record_value(scene, NoteRecorded, scene.talk.cursor, None)
            scene.add_message("evidence.note_removed", "saved")
        else:
            key = pressed.removeprefix("remove:")
            scene.add_message("evidence.removed", "saved", name=scene.case.evidence[key].name)
            record_value(scene, EvidenceRecorded, key, None)
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        note, cursor = utterance.cleaned, scene.talk.cursor
        if utterance.meanings & ANSWER_MEANINGS or utterance.sample is not None:
            return Problem("not_understood", scene.words("evidence.not_here", typed=note))
        if not note or utterance.meanings:
            return self.not_understood_problem(scene)
        if len(note) > LONGEST_NOTE:
            return Problem("too_long", scene.words("input.too_long", most=LONGEST_NOTE))
        standing = scene.case.notes.get(cursor)
        whole = f"{standing}\n{note}" if standing else note
        if len(whole) > LONGEST_NOTE:
            return Problem("note_full", scene.words("evidence.note_full", most=LONGEST_NOTE))
        record_value(scene, NoteRecorded, cursor, whole)
        key = "evidence.note_added" if standing else "evidence.note_saved"
        scene.add_message(key, "saved", where=formatting.format_indicator(scene.text, cursor))
        return None
