"""The scorecard as the object of `xingping grade --json`: points exact, scores as shown, decimals as text."""

from collections.abc import Iterable
from typing import Any

from rubric import (
    IndicatorScore,
    NextGrade,
    SchemeText,
    Scorecard,
    ScoreReason,
    format_exact,
    format_rounded_down,
    format_rounded_up,
    next_grade,
)

# English in every language: scripts read them.
SENTENCES = {
    "met": "conforms",
    "unmet": "does not conform",
    "sampled": "{conforming} of {sampled} conform",
    "na": "{reason}",
    "computed": "{have} of {need} required ({percent} % of {base})",
    "open": "not answered",
    "figure_missing": "not answered: {figure} is not given",
    "implausible_ratio": "{figure} {value} for {against} {other} is implausible",
    "implausible_limit": "{figure} {value} above {other} {against} is implausible",
}


def scorecard_json(card: Scorecard, text: SchemeText) -> dict[str, Any]:
    """Return the scorecard as an object for JSON; `text` gives the language of `grade_label`."""
    found = {
        "scheme": card.scheme.id,
        "scheme_version": card.scheme.version,
        "weights": card.scheme.weights,
        "earned": format_exact(card.earned),
        "involved": format_exact(card.involved),
        "score": None if card.exact is None else format_rounded_down(card.exact),
        "exact_score": None if card.exact is None else str(card.exact),
        "grade": card.grade,
        "grade_label": text.grades[card.grade],
        "special_deductions": card.deductions,
        "bonus": int(card.bonus) if card.bonus.denominator == 1 else format_exact(card.bonus),
        "veto": card.veto,
        "groups": _groups(card),
        "lines": [_line(line) for line in card.lines],
        "range": _range(card),
        "unanswered": list(card.unanswered),
        "warnings": sentences(card.warnings),
        "next_grade": _next_grade(next_grade(card)),
    }
    return found | ({"not_asked": sorted(card.not_asked)} if card.scheme.conditional_indicators else {})


def sentences(reasons: Iterable[ScoreReason]) -> list[str]:
    return [sentence(reason) for reason in reasons]


def sentence(reason: ScoreReason) -> str:
    """Return the reason in English, with the ids of figures."""
    return SENTENCES[reason.code].format(**reason.values)


def _groups(card: Scorecard) -> dict[str, dict[str, str]]:
    totals = card.groups.items()
    return {
        group: {"earned": format_exact(total.earned), "involved": format_exact(total.involved)}
        for group, total in totals
    }


def _line(line: IndicatorScore) -> dict[str, str]:
    return {
        "indicator": line.indicator,
        "points": format_exact(line.points),
        "earned": format_exact(line.earned),
        "answer": line.answer,
        "why": sentence(line.why),
    }


def _range(card: Scorecard) -> dict[str, str | None]:
    return {
        "worst": None if card.exact is None else format_rounded_down(card.exact),
        "best": None if card.best is None else format_rounded_down(card.best),
        "worst_grade": card.grade,
        "best_grade": card.best_grade,
    }


def _next_grade(rung: NextGrade | None) -> dict[str, Any] | None:
    if rung is None:
        return None
    steps = rung.cheapest
    listed = (
        None if steps is None else [{"indicator": s.indicator, "gain": format_exact(s.gain)} for s in steps]
    )
    return {"grade": rung.grade, "gap": format_rounded_up(rung.gap), "cheapest": listed}
