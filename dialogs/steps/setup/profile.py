"""All fields of the organisation, each with a button to correct it."""

from dialogs.assessment import organisation_fields
from dialogs.flow.navigator import open_place
from dialogs.flow.order import ORGANISATION_FIELDS, list_fields
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button


class ProfileStep(Step):
    state = "profile"
    needs = "organisation"

    def blocks(self, scene: Scene) -> list[Block]:
        unknown = scene.words("profile.unknown")
        lines = [
            scene.words(
                "profile.line",
                label=organisation_fields.field_label(scene, field),
                value=organisation_fields.field_text(scene, field) or unknown,
            )
            for field in _known_of(scene)
        ]
        return [block(scene, "question", "profile.question"), Block("body", "\n".join(lines))]

    def choices(self, scene: Scene) -> ButtonRows:
        listed = [
            labelled_button(f"field:{field}", organisation_fields.field_label(scene, field))
            for field in _known_of(scene)
        ]
        return [*arrange_rows(listed, 4), [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["detour"] = "profile"
        open_place(scene, Place("organisation", pressed.removeprefix("field:")))
        return None


def _known_of(scene: Scene) -> tuple[str, ...]:
    """The figures belong to a case: without one there are the organisation's fields alone."""
    return list_fields(scene) if scene.has_case else ORGANISATION_FIELDS
