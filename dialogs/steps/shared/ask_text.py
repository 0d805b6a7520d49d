"""A text: a reason, a number, a name, what was done."""

from collections.abc import Mapping

from dialogs.certification import certificate_form, documents, nonconformities, stages
from dialogs.flow.prompts import AskedText, go_back
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.parsing.intents import cleaned, meanings
from dialogs.reminders import time_zones
from dialogs.steps.base import Rows, Step, block, button

TEXTS: Mapping[str, AskedText] = {
    **stages.TEXTS,
    **certificate_form.TEXTS,
    **nonconformities.TEXTS,
    **documents.TEXTS,
    **time_zones.TEXTS,
}


class AskTextStep(Step):
    state = "entry"
    takes_text = True

    def blocks(self, scene: Scene) -> list[Block]:
        asked, detail = _asked(scene)
        about = scene.talk.draft["about"]
        return [block(scene, "question", f"entry.{about}", **asked.values(scene, detail))]

    def choices(self, scene: Scene) -> Rows:
        asked, _ = _asked(scene)
        return [[button(scene, "nav:next", "button.pass")]] if asked.can_pass else []

    def takes_number(self, scene: Scene) -> bool:
        return True

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return {"no": "nav:next", "there_is_none": "nav:next"}

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        return _take(scene, "")

    def said(self, scene: Scene, text: str) -> Problem | None:
        asked, _ = _asked(scene)
        typed = " ".join(cleaned(text).split())
        if not typed or (meanings(text) and not any(c.isdigit() for c in typed)):
            return self.not_understood(scene)
        if len(typed) > asked.most:
            return Problem("too_long", scene.words("input.too_long", most=asked.most))
        return _take(scene, typed)


def _asked(scene: Scene) -> tuple[AskedText, str]:
    return TEXTS[scene.talk.draft["about"]], scene.talk.draft.get("detail", "")


def _take(scene: Scene, text: str) -> Problem | None:
    asked, detail = _asked(scene)
    about = scene.talk.draft["about"]
    refused = asked.take(scene, detail, text)
    draft = scene.talk.draft
    if (
        refused is None
        and scene.talk.state == "entry"
        and (draft["about"], draft.get("detail")) == (about, detail)
    ):
        go_back(scene)
    return refused
