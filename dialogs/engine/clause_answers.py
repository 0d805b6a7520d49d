"""A clause and its answer in one line: `5.1.5.2 符合`, `5.1.1.2 37/40`, `第5.2.6.2条：不适用`."""

from dialogs.engine import text_input
from dialogs.engine.steps import STEPS
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Problem
from dialogs.parsing.utterance import ClauseAnswer, Utterance

_INDICATOR_ANSWERS = frozenset(
    {"yes", "no", "there_is", "there_is_none", "met", "unmet", "na", "no_such_business", "sample"}
)
# Where nothing but an answer can be meant; elsewhere what is no answer may be a note or a name.
_ANSWER_STATES = ("scoring.question", "scoring.sample", "review", "sections")


def is_answer(utterance: Utterance) -> bool:
    """Return whether the utterance could answer an indicator."""
    return bool(utterance.meanings & _INDICATOR_ANSWERS) or utterance.sample is not None


def find_named_indicator(caption: Utterance, scene: Scene) -> str | None:
    """Return the indicator that a file's caption begins with; None where the caption is a note."""
    if not scene.can_show_questions or scene.talk.state not in {*_ANSWER_STATES, "scoring.evidence"}:
        return None
    clause, line = caption.clause, caption.clause_answer
    if line is not None and (scene.talk.state in _ANSWER_STATES or is_answer(line.answer)):
        clause = line.clause.text
    return clause if clause in scene.scorecard.line_by_indicator else None


def answer_clause(utterance: Utterance, scene: Scene) -> Problem | bool:
    """Go to the indicator and answer it. Return False where the utterance is no clause with an answer.

    Where the answer does not fit the indicator, return the problem; the caller discards the scene, which has moved.
    """
    line = utterance.clause_answer
    if line is None or not scene.can_show_questions:
        return False
    clause = line.clause.text
    known = clause in scene.scheme.indicator_by_id
    if not is_answer(line.answer) and not (known and scene.talk.state in _ANSWER_STATES):
        return False
    members = scene.asked_indicators(clause) if clause in scene.scheme.group_by_id else []
    if len(members) > 1:
        sentence = scene.words("jump.one_at_a_time", clause=clause, first=members[0].id)
        return Problem("one_at_a_time", sentence)
    return _go_and_answer(line, scene)


def _go_and_answer(line: ClauseAnswer, scene: Scene) -> Problem | bool:
    asked = scene.talk.place == Place("scoring.question", line.clause.text)
    gone = text_input.go_to_clause(line.clause, scene)
    if gone is not True:
        return gone
    problem = _answer_question(line.answer, scene)
    if problem is None or asked:
        return problem or True
    # The sentence is about a question that is not on the screen, where an answer would now be taken for another.
    sentence = scene.words("jump.does_not_fit", why=problem.message, clause=line.clause.text)
    return Problem(problem.code, sentence)


def _answer_question(answer: Utterance, scene: Scene) -> Problem | None:
    """Answer the question just opened. Return the problem where the words are no answer to it."""
    step, pressed = STEPS[scene.talk.state], text_input.find_button(answer, scene)
    if pressed is not None and pressed.startswith("answer:"):
        return step.handle_press(scene, pressed)
    return step.handle_text(scene, answer)
