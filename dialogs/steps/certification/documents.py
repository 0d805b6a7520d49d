"""The checklist of papers: each with its state, and a button to it."""

from dialogs.certification import documents
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of
from rubric.certificate.documents import document_state


class DocumentsStep(Step):
    state = "materials"

    def blocks(self, scene: Scene) -> list[Block]:
        purpose = documents.purpose_of(scene.certification)
        return [
            block(scene, "question", f"materials.question.{purpose}"),
            Block("body", "\n".join(_line(scene, item.id) for item in documents.listed(scene))),
            Block("body", documents.progress_line(scene)),
        ]

    def choices(self, scene: Scene) -> Rows:
        items = [
            choice(f"material:{item.id}", documents.title(scene, item.id)) for item in documents.listed(scene)
        ]
        return [*rows_of(items, 2), [button(scene, "certification", "findings.back")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("material", pressed.removeprefix("material:")))
        return None


def _line(scene: Scene, item: str) -> str:
    record = scene.certification.materials.get(item)
    state = document_state(record, scene.today)
    person = scene.words("materials.brings", person=record.person) if record and record.person else ""
    return scene.words(f"materials.{state}", title=documents.title(scene, item)) + person
