"""The sections of the conversation, and one line for each answer of a section."""

from dialogs.language import formatting
from dialogs.language.catalogue import Catalogue, find_catalogue
from dialogs.model.dossier import Dossier
from rubric import Answer, Library, unasked_indicators

LONGEST_ANSWER = 40


def current_section(dossier: Dossier, library: Library) -> str:
    """Return the section of the conversation: the indicator's sub-group, or else the first part of the state name."""
    talk = dossier.conversation
    case = dossier.cases.get(talk.case or "")
    part, _, _ = talk.main_place.state.partition(".")
    if part != "scoring" or case is None:
        return part
    return library.pinned_scheme(case).indicator_by_id[talk.main_place.cursor].group


def answer_lines(dossier: Dossier, library: Library, section: str) -> tuple[str, ...]:
    """Return a line for each answer of the open case in that sub-group, in clause order; empty for other sections."""
    talk = dossier.conversation
    case = dossier.cases.get(talk.case or "")
    if case is None:
        return ()
    text = library.pinned_text(case, talk.locale)
    scheme = library.pinned_scheme(case)
    shown = case.answers.keys() - unasked_indicators(scheme, case.answer_sheet())
    words = find_catalogue(talk.locale)
    return tuple(
        words(
            "trail.line",
            where=formatting.format_indicator(text, one.id),
            answer=_short_answer(words, case.answers[one.id]),
        )
        for one in scheme.indicators
        if one.group == section and one.id in shown
    )


def _short_answer(words: Catalogue, answer: Answer) -> str:
    return formatting.shorten(formatting.format_answer(words, answer), LONGEST_ANSWER)
