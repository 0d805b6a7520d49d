"""A scheme as the object of `xingping rubric show --json`."""

from collections.abc import Mapping
from typing import Any

from rubric import Indicator, Scheme, SchemeText, format_exact


def scheme_json(scheme: Scheme, text: SchemeText, texts: Mapping[str, SchemeText]) -> dict[str, Any]:
    """Return the object; `text` labels the grades, `texts` has the indicators' text in each language."""
    grades = [
        {"grade": band.grade, "at_least": format_exact(band.at_least), "label": text.grades[band.grade]}
        for band in scheme.grades
    ]
    special = scheme.special_deductions
    return {
        "id": scheme.id,
        "version": scheme.version,
        "weights": scheme.weights,
        "indicators": [_indicator(indicator, texts) for indicator in scheme.indicators],
        "grades": grades,
        "special_deductions": {"each": format_exact(special.each), "fail_at": special.fail_at},
        "bonus": {"points": format_exact(scheme.bonus.points), "at_most": scheme.bonus.at_most},
    }


def _indicator(indicator: Indicator, texts: Mapping[str, SchemeText]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": indicator.id,
        "group": indicator.group,
        "type": indicator.type.value,
        "points": format_exact(indicator.points.value),
        "effort": indicator.effort,
        "deletable": indicator.deletable,
    }
    rule = indicator.requires
    if rule is not None:
        computed = {
            "base": rule.base,
            "percent": format_exact(rule.percent),
            "minimum": rule.minimum,
            "have": rule.have,
        }
        found["requires"] = computed
    words = {locale: text.indicators[indicator.id] for locale, text in texts.items()}
    found["text"] = {
        locale: {"title": word.title, "question": word.question} for locale, word in words.items()
    }
    return found
