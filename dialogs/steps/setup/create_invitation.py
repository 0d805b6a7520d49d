"""A one-time code for a colleague."""

from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.events import InvitationIssued
from dialogs.model.invitation_codes import CODE_LIFETIME, hash_code, make_code
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button


class CreateInvitationStep(Step):
    state = "invitation"
    needs = "organisation"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "invitation.question", organisation=scene.organisation.name),
            block(scene, "hint", "invitation.hint", days=CODE_LIFETIME.days),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "invitation:new")], [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        code, organisation = make_code(scene.dossier.new_ids[0]), scene.organisation
        code_hash = hash_code(code)
        assert code_hash is not None
        apply_event(scene, InvitationIssued(code_hash, organisation.id, scene.now + CODE_LIFETIME))
        scene.invitation_code = code
        scene.add_message(
            "invitation.issued", code=code, organisation=organisation.name, days=CODE_LIFETIME.days
        )
        return None
