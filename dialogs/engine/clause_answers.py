"""A clause and its answer in one line: `5.1.5.2 符合`, `5.1.1.2 37/40`, `第5.2.6.2条：不适用`."""

import re
from typing import NamedTuple

from dialogs.engine import text_input
from dialogs.engine.steps import STEPS
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Problem
from dialogs.parsing import sample_counts
from dialogs.parsing.intents import find_meanings, normalize

_CLAUSE_AND_ANSWER = re.compile(
    r"(?:第|clause|§)?\s*(?P<clause>[0-9a-z][0-9a-z.\-]*\.[0-9]{1,3})"
    r"(?:\s*(?:条|條|款|项|項)\s*[:,=、-]?\s*|\s*[:,=、-]\s*|\s+|(?=[^\x00-\x7f]))(?P<answer>.+)",
    re.DOTALL,
)
_INDICATOR_ANSWERS = frozenset(
    {"yes", "no", "there_is", "there_is_none", "met", "unmet", "na", "no_such_business", "sample"}
)
# Where nothing but an answer can be meant; elsewhere what is no answer may be a note or a name.
_ANSWER_STATES = ("scoring.question", "scoring.sample", "review", "sections")


class ClauseAnswer(NamedTuple):
    """What was typed: the clause, and the words behind it."""

    clause: str
    answer: str


def parse_clause_answer(text: str) -> ClauseAnswer | None:
    """Split the text into clause and answer; None where it does not begin with a clause."""
    match = _CLAUSE_AND_ANSWER.fullmatch(normalize(text))
    return ClauseAnswer(match["clause"], match["answer"]) if match else None


def is_answer(text: str) -> bool:
    """Return whether the text could answer an indicator."""
    return bool(find_meanings(text) & _INDICATOR_ANSWERS) or sample_counts.parse_sample(text) is not None


def find_named_indicator(text: str, scene: Scene) -> str | None:
    """Return the indicator that a file's caption begins with; None where the caption is a note."""
    if not scene.can_show_questions or scene.talk.state not in {*_ANSWER_STATES, "scoring.evidence"}:
        return None
    clause, line = text_input.parse_clause(text), parse_clause_answer(text)
    if line is not None and (scene.talk.state in _ANSWER_STATES or is_answer(line.answer)):
        clause = line.clause
    return clause if clause in scene.scorecard.line_by_indicator else None


def answer_clause(text: str, scene: Scene) -> Problem | bool:
    """Go to the indicator and answer it. Return False where the text is no clause with an answer.

    Where the answer does not fit the indicator, return the problem and change nothing.
    """
    line = parse_clause_answer(text)
    if line is None or not scene.can_show_questions:
        return False
    known = line.clause in scene.scheme.indicator_by_id
    if not is_answer(line.answer) and not (known and scene.talk.state in _ANSWER_STATES):
        return False
    members = scene.asked_indicators(line.clause) if line.clause in scene.scheme.group_by_id else []
    if len(members) > 1:
        sentence = scene.words("jump.one_at_a_time", clause=line.clause, first=members[0].id)
        return Problem("one_at_a_time", sentence)
    trial = _go_and_answer(line, Scene(scene.dossier.copy(), scene.library, scene.now))
    return _go_and_answer(line, scene) if trial is True else trial


def _go_and_answer(line: ClauseAnswer, scene: Scene) -> Problem | bool:
    asked = scene.talk.place == Place("scoring.question", line.clause)
    gone = text_input.go_to_clause(line.clause, scene)
    if gone is not True:
        return gone
    problem = _answer_question(line.answer, scene)
    if problem is None or asked:
        return problem or True
    # The sentence is about a question that is not on the screen, where an answer would now be taken for another.
    sentence = scene.words("jump.does_not_fit", why=problem.message, clause=line.clause)
    return Problem(problem.code, sentence)


def _answer_question(answer_text: str, scene: Scene) -> Problem | None:
    """Answer the question just opened. Return the problem where the text is no answer to it."""
    step, pressed = STEPS[scene.talk.state], text_input.find_button(answer_text, scene)
    if pressed is not None and pressed.startswith("answer:"):
        return step.handle_press(scene, pressed)
    return step.handle_text(scene, answer_text)
