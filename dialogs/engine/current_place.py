"""Where the talk is, as long as that can be shown: what it was about may have gone since."""

from dialogs.assessment.cases import next_place
from dialogs.engine.steps import STEPS
from dialogs.flow.navigator import open_place
from dialogs.flow.order import next_question
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place


def settle(scene: Scene) -> bool:
    """Leave a place that cannot be shown, be it for this turn or for what a colleague did; whether it was left.

    A question that is not asked any more is left for the next one that is, or for the review; any other place for
    the menu.
    """
    talk = scene.talk
    if scene.has("case") and scene.is_not_asked(talk.place):
        _leave_question(scene)
        return True
    if not _fits(scene, talk.main_place):
        talk.main_place = next_place(scene)
    if _fits(scene, talk.place):
        return False
    scene.add_message("problem.not_open")
    open_place(scene, talk.main_place if talk.agreed_at is None else Place("menu"), back=True)
    return True


def _fits(scene: Scene, place: Place) -> bool:
    return STEPS[place.state].fits(scene, place.cursor)


def _leave_question(scene: Scene) -> None:
    cursor = scene.talk.cursor
    where = formatting.format_indicator(scene.text, cursor) if cursor in scene.text.indicators else cursor
    following = next_question(scene, cursor)
    scene.add_message(
        "question.not_asked" if cursor in scene.scheme.indicator_by_id else "question.gone", where=where
    )
    open_place(scene, Place("scoring.question", following) if following else Place("review"), back=True)
