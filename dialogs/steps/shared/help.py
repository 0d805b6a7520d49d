"""Help: how it works, and how to answer the screen that the help was opened from."""

from dialogs.flow.scene import Scene
from dialogs.language.catalogue import DEFAULT_LOCALE, sentences
from dialogs.model.messages import Block
from dialogs.steps.base import ButtonRows, Step, block, button


class HelpStep(Step):
    """The cursor is the state from which help was asked for."""

    state = "help"
    has_cursor = True

    def blocks(self, scene: Scene) -> list[Block]:
        files = [block(scene, "body", "help.files")] if scene.can_show_questions else []
        return [
            block(scene, "question", "help.title"),
            block(scene, "body", f"help.{_help_key(scene)}"),
            block(scene, "body", "help.anywhere"),
            *files,
            block(scene, "body", "help.commands"),
            block(scene, "hint", "help.saved"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "nav:resume", "menu.resume")]]


def _help_key(scene: Scene) -> str:
    """Return the help key of the screen before, or, where it has none, of the main place."""
    asked_from = scene.talk.cursor.replace(".", "_")
    has_words = f"help.{asked_from}" in sentences(DEFAULT_LOCALE)
    return asked_from if has_words else scene.talk.main_place.state.replace(".", "_")
