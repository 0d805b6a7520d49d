"""Codes and values of the rubric as text: answers, reasons, grades, the score range."""

from fractions import Fraction

from dialogs.language.catalogue import Catalogue
from rubric import (
    Answer,
    IndicatorScore,
    Met,
    NotApplicable,
    Sampled,
    SchemeText,
    Scorecard,
    ScoreReason,
    Unmet,
    format_exact,
    format_rounded_down,
)

BAR_CELLS = 10
LONGEST_REASON = 80


def format_bar(done: int, total: int) -> str:
    """Draw progress ten cells wide; it is full only when everything is done."""
    filled = BAR_CELLS * done // total if total else 0
    return "▰" * filled + "▱" * (BAR_CELLS - filled)


def shorten(text: str, longest: int) -> str:
    """Cut the text to `longest` characters where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def format_answer(words: Catalogue, answer: Answer) -> str:
    """An answer in a few words, such as a summary lists it."""
    match answer:
        case Met():
            return words("answer.met")
        case Unmet():
            return words("answer.unmet")
        case Sampled(sampled, conforming):
            return words("answer.sampled", sampled=sampled, conforming=conforming)
        case NotApplicable(reason):
            return words("answer.na", reason=reason)


def answer_values(answer: Answer) -> dict[str, str]:
    """Return an answer as text values, for a notice that is put into words later in another contact's language."""
    match answer:
        case Sampled(sampled, conforming):
            return {"answer": "sampled", "sampled": str(sampled), "conforming": str(conforming)}
        case NotApplicable(reason):
            return {"answer": "na", "reason": shorten(reason, LONGEST_REASON)}
        case Met():
            return {"answer": "met"}
        case _:
            return {"answer": "unmet"}


def format_reason(words: Catalogue, reason: ScoreReason, text: SchemeText) -> str:
    """Return why an indicator earned its points."""
    values: dict[str, object] = dict(reason.values)
    for name in ("figure", "other", "base_figure", "have_figure"):
        if name in values:
            values[name] = text.figures[str(values[name])].label
    return words(f"reason.{reason.code}", **values)


def format_score(score: Fraction | None, words: Catalogue) -> str:
    return words("grade.none") if score is None else format_rounded_down(score)


def format_score_range(words: Catalogue, text: SchemeText, card: Scorecard) -> str:
    """Return the range between all open questions lost and all met, with both grades."""
    low, high = format_score(card.exact, words), format_score(card.best, words)
    worst, best = text.grades[card.grade], text.grades[card.best_grade]
    if not card.unanswered:
        return words("range.settled", score=low, grade=worst)
    if worst == best:
        return words("range.same", low=low, high=high, grade=worst)
    return words("range.open", low=low, high=high, worst=worst, best=best)


def format_points(number: Fraction) -> str:
    """Return points for people: exact where short, else with two decimals rounded down."""
    exact = format_exact(number)
    return exact if "/" not in exact and len(exact) <= 6 else format_rounded_down(number)


def format_score_line(words: Catalogue, text: SchemeText, score: IndicatorScore) -> str:
    """Return one line of the scorecard: clause, title, earned points and the reason."""
    return words(
        "grade.line",
        indicator=text.clause_label(score.indicator),
        title=text.indicators[score.indicator].title,
        earned=format_points(score.earned),
        points=format_points(score.points),
        why=shorten(format_reason(words, score.why, text), LONGEST_REASON),
    )


def format_group(text: SchemeText, group_id: str) -> str:
    """`5.1.3 资源配置`"""
    return f"{group_id} {text.groups[group_id]}"


def format_indicator(text: SchemeText, indicator: str) -> str:
    """`5.1.3.1 专项经费`"""
    return f"{text.clause_label(indicator)} {text.indicators[indicator].title}"


def fill_settings(sentence: str, settings: dict[str, str]) -> str:
    """Fill in settings such as `{months}`; other braces stay."""
    for name, value in settings.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
