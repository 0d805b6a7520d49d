"""The agreement: what is stored and why, before anything is stored."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.model.events import AgreementGiven
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button
from dialogs.steps.setup.accept_invitation import join_after_agreement


class AgreementStep(Step):
    state = "agreement"
    role = "walk"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "agreement.welcome"),
            block(scene, "body", "agreement.stored"),
            block(scene, "body", "agreement.grade"),
            block(scene, "hint", "agreement.ask"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        yes = button(scene, "nav:next", "agreement.agree")
        return [[yes, button(scene, "decline", "agreement.decline")], [button(scene, "language")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        """Map plain consent only: "later" or "I don't know" is no agreement."""
        agreeing = dict.fromkeys(("yes", "agree", "next", "start"), "nav:next")
        return {**agreeing, "no": "decline", "skip": "", "resume": ""}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "decline":
            scene.add_message("agreement.declined")
            return None
        apply_event(scene, AgreementGiven(scene.now))
        fire(scene, "advance")
        join_after_agreement(scene)
        return None
