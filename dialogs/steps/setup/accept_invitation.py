"""Joining a colleague's organisation with an invitation code; a credit code alone opens nothing."""

from dialogs.assessment.cases import enter_organisation
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.events import InvitationAccepted
from dialogs.model.invitation_codes import hash_code
from dialogs.model.messages import Block, Problem
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import Step, block


class AcceptInvitationStep(Step):
    state = "invitation.join"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "join.question"), block(scene, "hint", "join.hint")]

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        return self.not_understood_problem(scene) if hash_code(utterance.text) is None else _join(scene)


def join_by_link(scene: Scene, code: str) -> Problem | None:
    """Join by the code of a link: now, or after the agreement."""
    if scene.talk.agreed_at is None:
        if (problem := _find_code_problem(scene)) is not None:
            return problem
        scene.talk.draft["code"] = code
        scene.add_message("join.after_agreement")
        return None
    return _join(scene)


def join_after_agreement(scene: Scene) -> None:
    """Join by a code from before the agreement; where it is not usable, show why and continue."""
    if scene.talk.draft.pop("code", "") and (problem := _join(scene)) is not None:
        scene.messages.append(Block("notice", problem.message))


def _find_code_problem(scene: Scene) -> Problem | None:
    """Return why the code opens nothing; None where it is usable."""
    invited, words = scene.dossier.invitation, scene.words
    if invited is None:
        return Problem("unknown_code", words("join.unknown"))
    if invited.organisation.id in scene.dossier.organisations:
        return Problem("already_in", words("join.already", name=invited.organisation.name))
    if invited.is_used or invited.expires_at <= scene.now:
        return Problem("code_gone", words("join.used" if invited.is_used else "join.expired"))
    return None


def _join(scene: Scene) -> Problem | None:
    """Join by the invitation in the dossier."""
    problem, invited = _find_code_problem(scene), scene.dossier.invitation
    if problem is not None or invited is None:
        return problem
    apply_event(scene, InvitationAccepted(invited.code_hash, invited.organisation.id, scene.now))
    enter_organisation(scene, invited.organisation.id)
    scene.add_message("join.joined", "saved", name=invited.organisation.name)
    return None
