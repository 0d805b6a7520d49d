"""The stretches that the talk falls into, and what was answered in each: a line an answer."""

from dialogs import wording
from dialogs.dossier import Dossier
from dialogs.scene import Scene
from dialogs.table import ASIDE
from dialogs.text import Words, words_of
from rubric.library import Library
from rubric.sheet import Answer

LONGEST_ANSWER = 40


def group_of(scene: Scene) -> str:
    """The sub-group of the indicator asked for, or the walk's own state; empty beside the walk."""
    talk = scene.talk
    if talk.state in ASIDE:
        return ""
    stretch, _, _ = talk.state.partition(".")
    return scene.scheme.by_id[talk.cursor].group if stretch == "scoring" else stretch


def answered_in(dossier: Dossier, library: Library, group: str) -> tuple[str, ...]:
    """What is answered in the sub-group of the case being worked on, in clause order; nothing of other stretches."""
    talk = dossier.conversation
    case = dossier.cases.get(talk.case or "")
    if case is None:
        return ()
    text = library.text(case.scheme, talk.locale)
    words = words_of(talk.locale)
    return tuple(
        words("trail.line", where=wording.titled(text, one.id), answer=_short(words, case.answers[one.id]))
        for one in library.version(case.scheme, case.version).indicators
        if one.group == group and one.id in case.answers
    )


def _short(words: Words, given: Answer) -> str:
    return wording.shortened(wording.answer(words, given), LONGEST_ANSWER)
