"""How many were looked at, and how many of them conform."""

from dialogs import parse
from dialogs.messages import Block, Problem, Sent
from dialogs.parse import Counts
from dialogs.scene import Scene
from dialogs.steps import attaching
from dialogs.steps.base import Step, block
from dialogs.steps.question import give_sample, place


class Sample(Step):
    """Takes `37/40` at once, or the two counts one after the other."""

    state = "scoring.sample"
    numeric = True

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.cursor

    def blocks(self, scene: Scene) -> list[Block]:
        drawn = scene.talk.draft.get("sampled")
        text = scene.text.indicators[scene.talk.cursor]
        asking = block(scene, "question", "sample.conforming", sampled=drawn) if drawn else None
        return [
            place(scene),
            asking or block(scene, "question", "sample.question", where=f"{scene.talk.cursor} {text.title}"),
            Block("hint", text.sample or ""),
        ]

    def said(self, scene: Scene, text: str) -> Problem | None:
        counts = parse.sample(text)
        number = parse.whole_number(text)
        drawn = scene.talk.draft.get("sampled")
        if counts is not None:
            return give_sample(scene, counts)
        if number is None:
            return self.not_understood(scene)
        if drawn is not None:
            return give_sample(scene, Counts(int(drawn), number))
        if number == 0:
            return Problem("bad_sample", scene.words("sample.zero"))
        scene.talk.draft["sampled"] = str(number)
        return None

    def sent(self, scene: Scene, file: Sent) -> Problem | None:
        return attaching.attach(scene, file)
