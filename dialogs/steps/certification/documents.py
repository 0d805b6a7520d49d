"""The checklist of documents, with a button for each."""

from dialogs.certification import documents
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button
from rubric import document_state


class DocumentsStep(Step):
    state = "materials"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        purpose = documents.document_purpose(scene.certification)
        return [
            block(scene, "question", f"materials.question.{purpose}"),
            Block(
                "body",
                "\n".join(_document_line(scene, item.id) for item in documents.current_documents(scene)),
            ),
            Block("body", documents.progress_line(scene)),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        items = [
            labelled_button(f"material:{item.id}", documents.document_title(scene, item.id))
            for item in documents.current_documents(scene)
        ]
        return [*arrange_rows(items, 2), [button(scene, "certification", "findings.back")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        open_place(scene, Place("material", pressed.removeprefix("material:")))
        return None


def _document_line(scene: Scene, item: str) -> str:
    record = scene.certification.materials.get(item)
    state = document_state(record, scene.today)
    person = scene.words("materials.brings", person=record.person) if record and record.person else ""
    return scene.words(f"materials.{state}", title=documents.document_title(scene, item)) + person
