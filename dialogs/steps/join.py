"""Joining a colleague's enterprise with an invitation code; a credit code alone opens nothing."""

from dialogs.assessment import enter_organisation
from dialogs.events import InvitationAccepted
from dialogs.invitation import hash_of
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Step, block


class Join(Step):
    state = "invitation.join"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "join.question"), block(scene, "hint", "join.hint")]

    def said(self, scene: Scene, text: str) -> Problem | None:
        invited, words = scene.dossier.invitation, scene.words
        if hash_of(text) is None:
            return self.not_understood(scene)
        if invited is None:
            return Problem("unknown_code", words("join.unknown"))
        if invited.organisation.id in scene.dossier.organisations:
            return Problem("already_in", words("join.already", name=invited.organisation.name))
        if invited.used or invited.expires_at <= scene.now:
            return Problem("code_gone", words("join.used" if invited.used else "join.expired"))
        scene.happen(InvitationAccepted(invited.code_hash, invited.organisation.id, scene.now))
        enter_organisation(scene, invited.organisation.id)
        scene.tell("join.joined", "saved", name=invited.organisation.name)
        return None
