"""A break: where the talk stands, and one press to go on."""

from collections.abc import Mapping

from dialogs.flow.case_text import answered_count, score_range
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block
from dialogs.steps.base import Rows, Step, block, button


class PausedStep(Step):
    state = "paused"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.main.cursor if scene.talk.main.state == "scoring.question" else None

    def blocks(self, scene: Scene) -> list[Block]:
        question, hint = block(scene, "question", "paused.question"), block(scene, "hint", "paused.hint")
        return [question, *standing(scene), hint]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "nav:resume")]]

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:resume", "agree": "nav:resume"}


def standing(scene: Scene) -> list[Block]:
    """Where the talk stands: the organisation, the place, how much is answered, the range."""
    if not scene.has_case:
        return []
    main, (done, total) = scene.talk.main, answered_count(scene)
    questioning = main.state == "scoring.question"
    return [
        block(
            scene,
            "body",
            "paused.standing",
            organisation=scene.organisation.name,
            where=formatting.titled(scene.text, main.cursor)
            if questioning
            else scene.words(f"state.{main.state}"),
            done=done,
            total=total,
            bar=formatting.bar(done, total),
            range=score_range(scene),
        )
    ]
