"""The first two screens: the language, and what is stored and why."""

from dialogs.events import AgreementGiven, LanguageChosen
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from dialogs.text import LOCALES, Words


class Language(Step):
    """Each language is offered in its own words."""

    state = "language"
    on_yes = "nav:next"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "language.question")]

    def choices(self, scene: Scene) -> Rows:
        languages = [Button(f"lang:{locale}", Words(locale)("language.own_name")) for locale in LOCALES]
        return [languages, [button(scene, "nav:next", "language.keep")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button.startswith("lang:"):
            scene.happen(LanguageChosen(button.removeprefix("lang:")))
        if scene.talk.agreed_at is None:
            scene.fire("advance")
        else:
            scene.open(scene.talk.main, back=True)
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        return Problem(
            "not_understood", "\n".join(Words(locale)("not_understood.language") for locale in LOCALES)
        )


class Agreement(Step):
    state = "agreement"
    on_yes = "nav:next"
    on_no = "decline"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "agreement.welcome"),
            block(scene, "body", "agreement.stored"),
            block(scene, "body", "agreement.grade"),
            block(scene, "hint", "agreement.ask"),
        ]

    def choices(self, scene: Scene) -> Rows:
        yes = button(scene, "nav:next", "agreement.agree")
        return [[yes, button(scene, "decline", "agreement.decline")], [button(scene, "language")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button == "decline":
            scene.tell("agreement.declined")
            return None
        scene.happen(AgreementGiven(scene.now))
        scene.fire("advance")
        return None
