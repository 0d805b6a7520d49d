"""Everything known of the enterprise, each piece to be corrected."""

from dialogs.assessment import organisation_fields
from dialogs.flow.navigator import open_place
from dialogs.flow.order import fields_of
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of


class ProfileStep(Step):
    state = "profile"

    def blocks(self, scene: Scene) -> list[Block]:
        unknown = scene.words("profile.unknown")
        lines = [
            scene.words(
                "profile.line",
                label=organisation_fields.label(scene, field),
                value=organisation_fields.shown(scene, field) or unknown,
            )
            for field in fields_of(scene)
        ]
        return [block(scene, "question", "profile.question"), Block("body", "\n".join(lines))]

    def choices(self, scene: Scene) -> Rows:
        listed = [
            choice(f"field:{field}", organisation_fields.label(scene, field)) for field in fields_of(scene)
        ]
        return [*rows_of(listed, 4), [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["detour"] = "profile"
        open_place(scene, Place("organisation", pressed.removeprefix("field:")))
        return None
