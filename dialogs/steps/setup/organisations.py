"""The organisations that this contact works for."""

from dialogs.assessment.cases import enter_organisation
from dialogs.flow.navigator import open_place, switch_case
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button


class OrganisationsStep(Step):
    state = "organisations"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "organisations.question")]

    def choices(self, scene: Scene) -> ButtonRows:
        listed = [
            [labelled_button(f"org:{one.id}", one.name)]
            if one.id != scene.talk.organisation
            else [button(scene, f"org:{one.id}", "organisations.current", name=one.name)]
            for one in scene.dossier.organisations.values()
        ]
        return [*listed, [button(scene, "org:new"), button(scene, "join")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "org:new":
            switch_case(scene, None, None)
            open_place(scene, Place("organisation", "name"), back=True)
            return None
        enter_organisation(scene, pressed.removeprefix("org:"))
        scene.add_message("organisations.entered", "saved", name=scene.organisation.name)
        return None
