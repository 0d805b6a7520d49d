"""Choosing the language, each offered by its native name."""

from collections.abc import Mapping

from dialogs.flow.navigator import fire, go_back
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import LOCALES, Catalogue
from dialogs.model.events import LanguageChosen
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button


class LanguageStep(Step):
    state = "language"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "language.question")]

    def choices(self, scene: Scene) -> ButtonRows:
        languages = [
            labelled_button(f"lang:{locale}", Catalogue(locale)("language.own_name")) for locale in LOCALES
        ]
        return [languages, [button(scene, "nav:next", "language.keep")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:next", "agree": "nav:next"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed != "nav:next":
            apply_event(scene, LanguageChosen(pressed.removeprefix("lang:")))
        if scene.talk.main_place.state == "language":
            fire(scene, "advance")
        else:
            go_back(scene)
        return None

    def not_understood_problem(self, scene: Scene) -> Problem:
        everywhere = [Catalogue(locale)("not_understood.language") for locale in LOCALES]
        return Problem("not_understood", "\n".join(everywhere))
