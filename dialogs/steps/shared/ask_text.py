"""Asking for a text: a reason, a number, a name, what was done."""

from collections.abc import Mapping

from dialogs.certification import certificate_form, documents, nonconformities, stages
from dialogs.flow.prompts import TextPrompt, leave_prompt
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.parsing.utterance import Utterance
from dialogs.reminders import time_zones
from dialogs.steps.base import ButtonRows, Step, block, button

TEXT_PROMPTS: Mapping[str, TextPrompt] = {
    **stages.TEXT_PROMPTS,
    **certificate_form.TEXT_PROMPTS,
    **nonconformities.TEXT_PROMPTS,
    **documents.TEXT_PROMPTS,
    **time_zones.TEXT_PROMPTS,
}


class AskTextStep(Step):
    state = "entry"
    takes_text = True

    def fits(self, scene: Scene, cursor: str) -> bool:
        asked = TEXT_PROMPTS.get(scene.talk.draft.get("about", ""))
        return asked is not None and scene.has(asked.needs)

    def blocks(self, scene: Scene) -> list[Block]:
        asked, detail = _current_prompt(scene)
        about = scene.talk.draft["about"]
        return [block(scene, "question", f"entry.{about}", **asked.values(scene, detail))]

    def choices(self, scene: Scene) -> ButtonRows:
        asked, _ = _current_prompt(scene)
        return [[button(scene, "nav:next", "button.pass")]] if asked.is_optional else []

    def takes_number(self, scene: Scene) -> bool:
        return True

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"no": "nav:next", "there_is_none": "nav:next"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        return _accept_text(scene, "")

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        asked, _ = _current_prompt(scene)
        typed = utterance.one_line
        if not typed or (utterance.meanings and not any(c.isdigit() for c in typed)):
            return self.not_understood_problem(scene)
        if len(typed) > asked.longest:
            return Problem("too_long", scene.words("input.too_long", most=asked.longest))
        return _accept_text(scene, typed)


def _current_prompt(scene: Scene) -> tuple[TextPrompt, str]:
    return TEXT_PROMPTS[scene.talk.draft["about"]], scene.talk.draft.get("detail", "")


def _accept_text(scene: Scene, text: str) -> Problem | None:
    asked, detail = _current_prompt(scene)
    about = scene.talk.draft["about"]
    refused = asked.handle_answer(scene, detail, text)
    draft = scene.talk.draft
    if (
        refused is None
        and scene.talk.state == "entry"
        and (draft["about"], draft.get("detail")) == (about, detail)
    ):
        leave_prompt(scene)
    return refused
