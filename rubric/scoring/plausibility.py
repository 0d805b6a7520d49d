"""Rules that figures about the organisation fit together by."""

from collections.abc import Iterable, Mapping

from rubric.model.profile import LimitRule, PlausibilityRule
from rubric.scoring.scorecard import ScoreReason


def check_plausibility(
    rules: Iterable[PlausibilityRule], figures: Mapping[str, int]
) -> tuple[ScoreReason, ...]:
    """Return a reason for each pair of figures that do not fit together; unknown figures are skipped."""
    found = []
    for rule in rules:
        other = rule.limit if isinstance(rule, LimitRule) else rule.per
        if rule.figure not in figures or other not in figures:
            continue
        value, against = figures[rule.figure], figures[other]
        fits = value <= against if isinstance(rule, LimitRule) else value >= rule.at_least * against
        if not fits:
            values: dict[str, int | str] = {
                "figure": rule.figure,
                "value": value,
                "other": other,
                "against": against,
                "rule": rule.id,
            }
            found.append(ScoreReason(f"implausible_{rule.kind}", values))
    return tuple(found)
