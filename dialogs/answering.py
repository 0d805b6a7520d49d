"""Recording an answer: saved, said so, the range moved, and whoever gave an earlier one told."""

from dialogs import wording
from dialogs.conversation import Place
from dialogs.events import RECORDS, AnswerRecorded
from dialogs.messages import Notice
from dialogs.scene import Scene
from rubric.sheet import Answer


def give(scene: Scene, indicators: list[str], answer: Answer) -> None:
    """Let `answer` stand for each of the indicators, and say that it is saved."""
    for indicator in indicators:
        _tell_the_earlier(scene, indicator, answer)
        scene.record(AnswerRecorded, indicator, answer)
    where = wording.titled(scene, indicators[0]) if len(indicators) == 1 else indicators[0].rpartition(".")[0]
    key = "saved.one" if len(indicators) == 1 else "saved.group"
    said = wording.answer(scene.words, answer)
    scene.tell(key, "saved", where=where, answer=said, number=len(indicators), range=wording.span(scene))


def _tell_the_earlier(scene: Scene, indicator: str, answer: Answer) -> None:
    case, me = scene.case, scene.dossier.contact
    earlier = case.answered_by.get(indicator)
    standing = case.answers.get(indicator)
    if standing is None or earlier in (None, me.id) or standing == answer:
        return
    values = {"by": me.name, "organisation": scene.organisation.name, "indicator": indicator}
    scene.notices.append(Notice(earlier or "", "overruled", values | wording.answer_values(answer)))


def undo(scene: Scene) -> bool:
    """Take back what the last input recorded, and go to where it was given; False if there is nothing."""
    if not scene.talk.undo:
        return False
    step = scene.talk.undo[-1]
    scene.talk.undo = scene.talk.undo[:-1]
    changed_since = False
    for restore in reversed(step.restores):
        case = scene.dossier.cases.get(restore.case)
        if case is None or getattr(case, restore.field).get(restore.key) != restore.recorded:
            changed_since = True
            continue
        scene.talk.case, scene.talk.organisation = case.id, case.organisation
        scene.happen(RECORDS[restore.field](restore.case, restore.key, restore.previous, restore.recorded))
    _go_there(scene, step.place)
    scene.tell("undo.changed_since" if changed_since else "undo.done")
    return True


def _go_there(scene: Scene, place: Place) -> None:
    if scene.talk.path and scene.talk.path[-1] == place:
        scene.talk.path = scene.talk.path[:-1]
    scene.open(place, back=True)
