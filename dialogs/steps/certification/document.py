"""One document: what it must show, whether it is there, its expiry, who provides it, and its files."""

from dialogs.certification import documents
from dialogs.certification.documents import document_files, save_document_file
from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import ask_day, ask_text
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, FileInput, Problem
from dialogs.model.records import PaperRecorded
from dialogs.parsing.dates.parser import format_long_date
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import document_state


class DocumentStep(Step):
    """The cursor is the item's id."""

    state = "material"
    has_cursor = True
    parent = "materials"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        item = scene.talk.cursor
        record = documents.find_document(scene, item)
        state = document_state(scene.certification.materials.get(item), scene.today)
        found = [
            Block("question", documents.document_title(scene, item)),
            Block("body", _what_it_shows(scene, item)),
            block(scene, "body", f"material.{state}"),
        ]
        if record.expires is not None:
            found.append(
                block(scene, "body", "material.expires", day=format_long_date(record.expires, scene.words))
            )
        if record.person:
            found.append(block(scene, "body", "material.person", person=record.person))
        names = [one.name for one in document_files(scene, item).values()]
        if names:
            found.append(block(scene, "body", "material.files", names=scene.words.join_items(names)))
        return [*found, block(scene, "hint", "material.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        have = documents.find_document(scene, scene.talk.cursor).have
        removals = [
            [button(scene, f"remove:{key}", "button.remove", name=one.name)]
            for key, one in document_files(scene, scene.talk.cursor).items()
        ]
        state = button(scene, "material:missing" if have else "material:have")
        about = [button(scene, "material:expires"), button(scene, "material:person")]
        return [[state, *about], *removals, [button(scene, "materials", "material.back")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        item, (kind, _, what) = scene.talk.cursor, pressed.partition(":")
        if kind == "remove":
            record_value(scene, PaperRecorded, what, None)
        elif what == "expires":
            ask_day(scene, "material_expires", item)
        elif what == "person":
            ask_text(scene, "material_person", item)
        elif what in {"have", "missing"}:
            documents.update_document(scene, item, have=what == "have")
        else:
            open_place(scene, Place("materials"), back=True)
        return None

    def handle_file(self, scene: Scene, file: FileInput) -> Problem | None:
        """Save the file, which makes the document available."""
        save_document_file(scene, scene.talk.cursor, file)
        documents.update_document(scene, scene.talk.cursor, have=True)
        scene.add_message("material.file_saved", "saved", name=file.name)
        return None


def _what_it_shows(scene: Scene, item: str) -> str:
    body = scene.library.bodies.body_or_default(scene.certification.body.get(""))
    text = scene.library.bodies.text(body.id, scene.talk.locale)
    return text.materials[item].shows if item in text.materials else ""
