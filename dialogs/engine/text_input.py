"""The effect of typed text on any screen: press a button, open another screen, or go to a clause."""

import re
from collections.abc import Mapping

from dialogs.engine import commands
from dialogs.engine.navigation import GLOBAL_ACTIONS, offered_buttons
from dialogs.engine.steps import STEPS
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.events import LanguageChosen
from dialogs.model.messages import Problem
from dialogs.parsing.intents import label_form, without_punctuation
from dialogs.parsing.utterance import Utterance
from dialogs.steps.result.review import ask_and_return
from dialogs.steps.scoring.contents import first_open_of

_LOOKS_LIKE_CLAUSE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,3}")

# The buttons of a typed meaning; the first that the screen has is pressed, unless the step maps the meaning itself.
_BUTTONS_BY_MEANING: Mapping[str, tuple[str, ...]] = {
    "yes": (),
    "agree": (),
    "there_is": (),
    "there_is_none": (),
    "no": (),
    "met": ("answer:met",),
    "unmet": ("answer:unmet",),
    "na": ("answer:na",),
    "no_such_business": ("answer:na",),
    "skip": ("answer:skip", "nav:next"),
    "sample": ("answer:sample",),
    "back": ("nav:back",),
    "next": ("nav:next", "nav:resume", "answer:skip"),
    "resume": ("nav:resume", "nav:next"),
    "menu": ("nav:menu",),
    "sections": ("nav:sections",),
    "review": ("nav:review",),
    "submit": ("nav:submit",),
    "undo": ("nav:undo",),
    "help": ("nav:help",),
    "pause": ("nav:pause",),
    "language": ("language",),
    "guide": ("guide",),
    "evidence": ("evidence",),
    "rehearse": ("case:rehearse",),
    "decline": ("decline",),
    "invite": ("invitation",),
    "join": ("join",),
    "new": ("case:new", "org:new"),
    "compare": ("compare",),
    "companions": ("companions",),
    "report": ("report",),
    "organisations": ("organisations",),
    "change": ("nav:review",),
    "profile": ("profile",),
    "start": ("nav:resume",),
    "lang:zh-Hans": ("lang:zh-Hans",),
    "lang:zh-Hant": ("lang:zh-Hant",),
    "lang:en": ("lang:en",),
}
# Meanings that lead there from a screen without such a button as well, once agreed; the first ones need a case.
_MEANINGS_WITH_CASE = frozenset({"invite", "compare", "companions", "report", "profile"})
_MEANINGS_ANYWHERE = frozenset({"language", "organisations", "join"})


def find_button(utterance: Utterance, scene: Scene) -> str | None:
    """Return the id of the button that the utterance means, by its label or by a known word."""
    typed, buttons = utterance.comparison, [*offered_buttons(scene)]
    for one in buttons:
        form = label_form(one.label)
        if typed and typed in {form, without_punctuation(form)}:
            return one.id
    ids, heard = {one.id for one in buttons}, STEPS[scene.talk.state].meaning_buttons(scene)
    for meaning in sorted(utterance.meanings):
        wanted = (heard[meaning],) if meaning in heard else _BUTTONS_BY_MEANING[meaning]
        found = next((one for one in wanted if one in ids), None)
        if found is not None:
            return found
    return None


def open_named_screen(utterance: Utterance, scene: Scene) -> bool:
    """Open the screen that the utterance names, where this screen has no button for it. Return whether it did.

    Words for the present screen show it again.
    """
    step = STEPS[scene.talk.state]
    for meaning in sorted(utterance.meanings):
        if meaning.startswith("lang:"):
            apply_event(scene, LanguageChosen(meaning.removeprefix("lang:")))
            return True
        if meaning == step.state:
            return True
        agreed = scene.talk.agreed_at is not None
        if agreed and (meaning in _MEANINGS_ANYWHERE or (meaning in _MEANINGS_WITH_CASE and scene.has_case)):
            GLOBAL_ACTIONS[_BUTTONS_BY_MEANING[meaning][0]](scene)
            return True
    return commands.run_by_label(scene, utterance) or _open_adjustment(scene, utterance)


def _open_adjustment(scene: Scene, utterance: Utterance) -> bool:
    """Open the special deductions or the bonus by name, from the review or a side screen of it."""
    rule = scene.scheme.bonus if scene.has_case else None
    if rule is None or scene.talk.main_place.state not in {"review", "grade"}:
        return False
    for state in ("deductions", *(["bonus"] if rule.at_most else [])):
        if utterance.comparison == label_form(scene.words(f"review.{state}")):
            open_place(scene, Place(state))
            return True
    return False


def go_to_clause(utterance: Utterance, scene: Scene) -> Problem | bool:
    """Go to the clause that the utterance is. Return False where it is none."""
    clause = utterance.clause
    if clause is None or not scene.can_show_questions:
        return False
    scheme = scene.scheme
    if STEPS[scene.talk.state].takes_number(scene) and clause.count(".") < 2:
        return False
    if clause in scheme.group_by_id and scene.asked_indicators(clause):
        clause = first_open_of(scene, clause)
    if clause in scene.scorecard.not_asked:
        where = formatting.format_indicator(scene.text, clause)
        return Problem("not_asked", scene.words("jump.not_asked", where=where))
    if clause in scheme.indicator_by_id:
        _go_to_indicator(scene, clause)
        return True
    if not _LOOKS_LIKE_CLAUSE.fullmatch(clause):
        return False
    sentence = scene.words("jump.unknown", clause=clause, first=scheme.indicators[0].id)
    return Problem("no_such_clause", sentence)


def _go_to_indicator(scene: Scene, indicator: str) -> None:
    """Go to the question; from the review, return there after it."""
    if scene.talk.main_place.state in {"review", "grade"}:
        ask_and_return(scene, indicator, "one")
    else:
        open_place(scene, Place("scoring.question", indicator))
