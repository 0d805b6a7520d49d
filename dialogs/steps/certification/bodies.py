"""Choosing the certification body."""

from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.model.records import BodyChosen
from dialogs.steps.base import ButtonRows, Step, block, labelled_button


class BodiesStep(Step):
    state = "bodies"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "bodies.question")]

    def choices(self, scene: Scene) -> ButtonRows:
        names = scene.library.bodies.for_scheme(scene.certification.scheme)
        texts = {name: scene.library.bodies.text(name, scene.talk.locale) for name in names}
        return [[labelled_button(f"body:{name}", text.title)] for name, text in texts.items()]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        name = pressed.removeprefix("body:")
        record_value(scene, BodyChosen, "", name)
        title = scene.library.bodies.text(name, scene.talk.locale).title
        scene.add_message("bodies.chosen", "saved", title=title)
        open_place(scene, Place("certification"), back=True)
        return None
