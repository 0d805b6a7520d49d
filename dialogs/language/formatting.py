"""Codes and values of the rubric put into words: answers, reasons, grades, the range."""

from fractions import Fraction

from dialogs.language.catalogue import Words
from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.fractions import format_exact, format_rounded_down
from rubric.model.texts import SchemeText
from rubric.scoring.scorecard import IndicatorScore, Scorecard, ScoreReason

BAR_CELLS = 10
LONGEST_REASON = 80


def bar(done: int, total: int) -> str:
    """Progress in text, ten cells wide; full only when all is done."""
    filled = BAR_CELLS * done // total if total else 0
    return "▰" * filled + "▱" * (BAR_CELLS - filled)


def shortened(text: str, most: int) -> str:
    """The text, cut to `most` characters where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def answer(words: Words, given: Answer) -> str:
    """An answer in a few words, such as a summary lists it."""
    match given:
        case Met():
            return words("answer.met")
        case Unmet():
            return words("answer.unmet")
        case Sampled(sampled, conforming):
            return words("answer.sampled", sampled=sampled, conforming=conforming)
        case NotApplicable(reason):
            return words("answer.na", reason=reason)


def answer_values(given: Answer) -> dict[str, str]:
    """An answer as text values, for a notice that is worded later in another contact's language."""
    match given:
        case Sampled(sampled, conforming):
            return {"answer": "sampled", "sampled": str(sampled), "conforming": str(conforming)}
        case NotApplicable(reason):
            return {"answer": "na", "reason": shortened(reason, LONGEST_REASON)}
        case Met():
            return {"answer": "met"}
        case _:
            return {"answer": "unmet"}


def reason(words: Words, why: ScoreReason, text: SchemeText) -> str:
    """Why a line earned what it earned."""
    values: dict[str, object] = dict(why.values)
    for name in ("figure", "other", "base_figure", "have_figure"):
        if name in values:
            values[name] = text.figures[str(values[name])].label
    return words(f"reason.{why.code}", **values)


def shown(score: Fraction | None, words: Words) -> str:
    return words("grade.none") if score is None else format_rounded_down(score)


def reach(words: Words, text: SchemeText, card: Scorecard) -> str:
    """The range from all open questions lost to all full, with the grades at its ends."""
    low, high = shown(card.exact, words), shown(card.best, words)
    worst, best = text.grades[card.grade], text.grades[card.best_grade]
    if not card.unanswered:
        return words("range.settled", score=low, grade=worst)
    if worst == best:
        return words("range.same", low=low, high=high, grade=worst)
    return words("range.open", low=low, high=high, worst=worst, best=best)


def points(number: Fraction) -> str:
    """Points as a person reads them: exact where short, else two decimals rounded down."""
    exact = format_exact(number)
    return exact if "/" not in exact and len(exact) <= 6 else format_rounded_down(number)


def line(words: Words, text: SchemeText, one: IndicatorScore) -> str:
    """One line of the scorecard: clause, title, what was earned and why."""
    return words(
        "grade.line",
        indicator=text.clause_label(one.indicator),
        title=text.indicators[one.indicator].title,
        earned=points(one.earned),
        points=points(one.points),
        why=shortened(reason(words, one.why, text), LONGEST_REASON),
    )


def group(text: SchemeText, clause: str) -> str:
    """`5.1.3 资源配置`"""
    return f"{clause} {text.groups[clause]}"


def titled(text: SchemeText, indicator: str) -> str:
    """`5.1.3.1 专项经费`"""
    return f"{text.clause_label(indicator)} {text.indicators[indicator].title}"


def settings_filled(sentence: str, settings: dict[str, str]) -> str:
    """The sentence with `{months}`-like settings put in; other braces stay as they are."""
    for name, value in settings.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
