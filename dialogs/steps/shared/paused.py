"""A pause: the progress, and one button to continue."""

from collections.abc import Mapping

from dialogs.flow.case_text import answered_count, score_range
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block
from dialogs.steps.base import ButtonRows, Step, block, button


class PausedStep(Step):
    state = "paused"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.main_place.cursor if scene.talk.main_place.state == "scoring.question" else None

    def blocks(self, scene: Scene) -> list[Block]:
        question, hint = block(scene, "question", "paused.question"), block(scene, "hint", "paused.hint")
        return [question, *progress_blocks(scene), hint]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "nav:resume")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:resume", "agree": "nav:resume"}


def progress_blocks(scene: Scene) -> list[Block]:
    """Return the organisation, the place, the answered count and the score range."""
    if not scene.has_case:
        return []
    main, (done, total) = scene.talk.main_place, answered_count(scene)
    questioning = main.state == "scoring.question"
    return [
        block(
            scene,
            "body",
            "paused.standing",
            organisation=scene.organisation.name,
            where=formatting.format_indicator(scene.text, main.cursor)
            if questioning
            else scene.words(f"state.{main.state}"),
            done=done,
            total=total,
            bar=formatting.format_bar(done, total),
            range=score_range(scene),
        )
    ]
