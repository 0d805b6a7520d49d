"""Choosing one of the organisation's certifications."""

from dialogs.certification import certifications, stages
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import format_short_date
from dialogs.steps.base import ButtonRows, Step, block, labelled_button


class CertificationsStep(Step):
    state = "certifications"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "certifications.question")]

    def choices(self, scene: Scene) -> ButtonRows:
        mine = certifications.selectable_certifications(scene)
        return [
            [labelled_button(f"certification:{one.id}", _certification_label(scene, one))] for one in mine
        ]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["certification"] = pressed.removeprefix("certification:")
        open_place(scene, Place("certification"), back=True)
        return None


def _certification_label(scene: Scene, certification: Certification) -> str:
    text = scene.library.pinned_text(certification, scene.talk.locale)
    day = certification.dates.get("issued", certification.opened_at.date())
    return scene.words(
        "certifications.item",
        scheme=text.short,
        stage=stages.stage_name(scene, certification, certification.current_stage),
        day=format_short_date(day, scene.words),
    )
