"""Files and a note to the indicator under the cursor."""

from dialogs import wording
from dialogs.events import EvidenceRecorded, NoteRecorded
from dialogs.messages import Block, Button, Problem, Sent
from dialogs.parse import LONGEST_INPUT, cleaned, meanings
from dialogs.scene import Scene
from dialogs.steps import attaching
from dialogs.steps.base import Rows, Step, block, button
from dialogs.steps.question import place


class Evidence(Step):
    state = "scoring.evidence"
    on_no = "nav:next"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.cursor

    def blocks(self, scene: Scene) -> list[Block]:
        words, cursor = scene.words, scene.talk.cursor
        text = scene.text.indicators[cursor]
        ideas = "\n".join(words("guide.item", text=idea) for idea in text.evidence)
        found = [
            place(scene),
            block(scene, "question", "evidence.question", where=wording.titled(scene, cursor)),
            block(scene, "detail", "guide.evidence", items=ideas),
        ]
        files = [words("guide.item", text=file.name) for file in scene.case.files_of(cursor).values()]
        if files:
            found.append(block(scene, "body", "evidence.files", items="\n".join(files)))
        if cursor in scene.case.notes:
            found.append(block(scene, "body", "question.note", note=scene.case.notes[cursor]))
        return found

    def choices(self, scene: Scene) -> Rows:
        cursor = scene.talk.cursor
        removals = [
            [Button(f"remove:{key}", scene.words("button.remove", name=file.name))]
            for key, file in scene.case.files_of(cursor).items()
        ]
        note = [[button(scene, "remove_note")]] if cursor in scene.case.notes else []
        return [[button(scene, "nav:next", "button.to_question")], *removals, *note]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button == "nav:next":
            scene.open(scene.talk.place._replace(state="scoring.question"))
        elif button == "remove_note":
            scene.record(NoteRecorded, scene.talk.cursor, None)
            scene.tell("evidence.note_removed", "saved")
        else:
            key = button.removeprefix("remove:")
            scene.tell("evidence.removed", "saved", name=scene.case.evidence[key].name)
            scene.record(EvidenceRecorded, key, None)
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        note = cleaned(text)
        if not note or meanings(text):
            return self.not_understood(scene)
        if len(note) > LONGEST_INPUT:
            return Problem("too_long", scene.words("input.too_long", most=LONGEST_INPUT))
        scene.record(NoteRecorded, scene.talk.cursor, note)
        scene.tell("evidence.note_saved", "saved", where=wording.titled(scene, scene.talk.cursor))
        return None

    def sent(self, scene: Scene, file: Sent) -> Problem | None:
        return attaching.attach(scene, file)
