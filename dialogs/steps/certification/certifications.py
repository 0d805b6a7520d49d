"""The enterprise's certifications, to turn to another one."""

from dialogs.certification import certifications, stages
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import short_date
from dialogs.steps.base import Rows, Step, block, choice


class CertificationsStep(Step):
    state = "certifications"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "certifications.question")]

    def choices(self, scene: Scene) -> Rows:
        mine = certifications.to_choose_from(scene)
        return [[choice(f"certification:{one.id}", _label(scene, one))] for one in mine]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        scene.talk.draft["certification"] = pressed.removeprefix("certification:")
        open_place(scene, Place("certification"), back=True)
        return None


def _label(scene: Scene, one: Certification) -> str:
    text = scene.library.pinned_text(one, scene.talk.locale)
    day = one.dates.get("issued", one.opened_at.date())
    return scene.words(
        "certifications.item",
        scheme=text.short,
        stage=stages.stage_name(scene, one, one.at),
        day=short_date(day, scene.words),
    )
