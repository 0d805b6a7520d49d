"""The checklist of papers: each with its state, and a button to it."""

from dialogs import materials
from dialogs.conversation import Place
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of
from rubric.materials import state_of


class Materials(Step):
    state = "materials"

    def blocks(self, scene: Scene) -> list[Block]:
        purpose = materials.purpose_of(scene.certification)
        return [
            block(scene, "question", f"materials.question.{purpose}"),
            Block("body", "\n".join(_line(scene, item.id) for item in materials.listed(scene))),
            Block("body", materials.progress_line(scene)),
        ]

    def choices(self, scene: Scene) -> Rows:
        items = [
            choice(f"material:{item.id}", materials.title(scene, item.id)) for item in materials.listed(scene)
        ]
        return [*rows_of(items, 2), [button(scene, "certification", "findings.back")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.open(Place("material", pressed.removeprefix("material:")))
        return None


def _line(scene: Scene, item: str) -> str:
    record = scene.certification.materials.get(item)
    state = state_of(record, scene.today)
    person = scene.words("materials.brings", person=record.person) if record and record.person else ""
    return scene.words(f"materials.{state}", title=materials.title(scene, item)) + person
