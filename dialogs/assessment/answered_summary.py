"""The stretches that the talk falls into, and what was answered in each: a line an answer."""

from dialogs.language import formatting
from dialogs.language.catalogue import Words, words_of
from dialogs.model.dossier import Dossier
from rubric.library.library import Library
from rubric.model.answers import Answer
from rubric.scoring.score import unasked_indicators

LONGEST_ANSWER = 40


def stretch_of(dossier: Dossier, library: Library) -> str:
    """Where the walk stands: the sub-group of its indicator, or the part of the talk that it is in."""
    talk = dossier.conversation
    case = dossier.cases.get(talk.case or "")
    part, _, _ = talk.main.state.partition(".")
    if part != "scoring" or case is None:
        return part
    return library.pinned_scheme(case).indicator_by_id[talk.main.cursor].group


def answered_in(dossier: Dossier, library: Library, stretch: str) -> tuple[str, ...]:
    """What is answered in the sub-group of the case being worked on, in clause order; nothing of other stretches."""
    talk = dossier.conversation
    case = dossier.cases.get(talk.case or "")
    if case is None:
        return ()
    text = library.pinned_text(case, talk.locale)
    scheme = library.pinned_scheme(case)
    shown = case.answers.keys() - unasked_indicators(scheme, case.sheet())
    words = words_of(talk.locale)
    return tuple(
        words("trail.line", where=formatting.titled(text, one.id), answer=_short(words, case.answers[one.id]))
        for one in scheme.indicators
        if one.group == stretch and one.id in shown
    )


def _short(words: Words, given: Answer) -> str:
    return formatting.shortened(formatting.answer(words, given), LONGEST_ANSWER)
