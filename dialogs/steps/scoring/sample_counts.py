"""The size of a sample and how many of it conform."""

from dialogs.assessment.answers import record_answer
from dialogs.flow.navigator import fire
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.parsing.sample_counts import SampleCounts
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import block
from dialogs.steps.scoring.indicator_step import IndicatorStep, place_block
from rubric import IndicatorType, Sampled


class SampleCountsStep(IndicatorStep):
    """Takes `37/40` at once, or the two counts one after the other."""

    state = "scoring.sample"
    role = "within"
    has_cursor = True

    def fits(self, scene: Scene, cursor: str) -> bool:
        return (
            super().fits(scene, cursor) and scene.scheme.indicator_by_id[cursor].type is IndicatorType.SAMPLED
        )

    def takes_number(self, scene: Scene) -> bool:
        return True

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.indicators[scene.talk.cursor]
        return [place_block(scene), _question_block(scene, text.title), Block("hint", text.sample or "")]

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        counts, number = utterance.sample, utterance.count
        drawn = scene.talk.draft.get("sampled")
        if counts is None and number is not None and drawn is not None:
            counts = SampleCounts(int(drawn), number)
        if counts is not None:
            return record_sample(scene, counts)
        if number is None:
            return self.not_understood_problem(scene)
        if number == 0:
            return Problem("bad_sample", scene.words("sample.zero"))
        scene.talk.draft["sampled"] = str(number)
        return None


def _question_block(scene: Scene, title: str) -> Block:
    drawn = scene.talk.draft.get("sampled")
    if drawn:
        return block(scene, "question", "sample.conforming", sampled=drawn)
    return block(scene, "question", "sample.question", where=f"{scene.talk.cursor} {title}")


def record_sample(scene: Scene, counts: SampleCounts) -> Problem | None:
    """Record the sample as the answer, or return why it cannot be one."""
    indicator, words = scene.indicator, scene.words
    sampled, conforming = counts.sampled, counts.conforming
    if indicator.type is not IndicatorType.SAMPLED:
        key = f"sample.not_for_{indicator.type.value}"
        return Problem("no_sample_here", words(key, indicator=indicator.id))
    if sampled == 0:
        return Problem("bad_sample", words("sample.zero"))
    if conforming > sampled:
        message = words("sample.too_many", sampled=sampled, conforming=conforming)
        return Problem("bad_sample", message)
    record_answer(scene, indicator.id, Sampled(sampled, conforming))
    fire(scene, "advance")
    return None
