"""A one-time code for a colleague."""

from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.events import InvitationIssued
from dialogs.model.invitation_codes import VALID_FOR, code_from, hash_of
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button


class CreateInvitationStep(Step):
    state = "invitation"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "invitation.question", organisation=scene.organisation.name),
            block(scene, "hint", "invitation.hint", days=VALID_FOR.days),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "invitation:new")], [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        code, organisation = code_from(scene.dossier.fresh[0]), scene.organisation
        code_hash = hash_of(code)
        assert code_hash is not None
        apply_event(scene, InvitationIssued(code_hash, organisation.id, scene.now + VALID_FOR))
        scene.code = code
        scene.add_message("invitation.issued", code=code, organisation=organisation.name, days=VALID_FOR.days)
        return None
