"""Recording an answer: confirm it with the new score range, and notify a colleague whose answer it replaces."""

from collections.abc import Sequence

from dialogs.flow.case_text import score_range
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Notice
from dialogs.model.records import AnswerRecorded, OriginRecorded
from rubric import Answer


def record_answer(scene: Scene, indicator: str, answer: Answer) -> None:
    """Record `answer` for the indicator, and confirm it."""
    _record_and_notify(scene, indicator, answer)
    where, said = (
        formatting.format_indicator(scene.text, indicator),
        formatting.format_answer(scene.words, answer),
    )
    scene.add_message("saved.one", "saved", where=where, answer=said, range=score_range(scene))


def record_group_answer(scene: Scene, group: str, indicators: Sequence[str], answer: Answer) -> None:
    """Record `answer` for each of the indicators of the group, and confirm it once."""
    for indicator in indicators:
        _record_and_notify(scene, indicator, answer)
    values = {
        "where": group,
        "answer": formatting.format_answer(scene.words, answer),
        "number": len(indicators),
    }
    scene.add_message("saved.group", "saved", range=score_range(scene), **values)


def _record_and_notify(scene: Scene, indicator: str, answer: Answer) -> None:
    """Record the answer, and notify the colleague whose different answer it replaces."""
    case, me = scene.case, scene.dossier.contact
    earlier, standing = case.answered_by.get(indicator), case.answers.get(indicator)
    record_value(scene, AnswerRecorded, indicator, answer)
    record_value(scene, OriginRecorded, indicator, None)
    if standing is None or standing == answer or earlier in {None, me.id}:
        return
    values = {"by": me.name, "organisation": scene.organisation.name, "indicator": indicator}
    scene.notices.append(Notice(earlier or "", "overruled", values | formatting.answer_values(answer)))
