"""Placeholder texts for every id of a scheme, valid for `check` and for a conversation, for the author to replace."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from rubric.model.indicators import Indicator, IndicatorType
from rubric.model.profile import EligibilityQuestion
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.parsing.document import read_document
from rubric.scoring.scorecard import FAIL

PLACEHOLDER_FILE = Path(__file__).with_name("placeholders.yaml")
_FALLBACK_LOCALE = "en"


def placeholder_text(scheme: Scheme, locale: str) -> SchemeText:
    """Return texts for the whole scheme in `locale`, in English where that has no placeholders."""
    say = _PlaceholderTexts(_read_placeholders().get(locale) or _read_placeholders()[_FALLBACK_LOCALE])
    return SchemeText.model_validate(
        {
            "scheme": scheme.id,
            "locale": locale,
            "source": "proposed",
            "title": say("title", scheme.id),
            "short": say("short"),
            "about": say("about"),
            "groups": {group.id: say("group", group.id) for group in scheme.groups},
            "grades": {grade: say("grade", grade) for grade in (FAIL, *_ids(scheme.grades, "grade"))},
            "eligibility": {each.id: _condition(each, say) for each in scheme.eligibility},
            "figures": {each.id: _figure(each.id, say) for each in scheme.figures},
            "deductions": {kind: _deduction(kind, say) for kind in scheme.special_deductions.kinds},
            "bonus": _deduction("bonus", say) | {"question": say("question", "bonus")},
            "untrue": say("untrue"),
            "indicators": {each.id: _indicator(each, say) for each in scheme.indicators},
        }
    )


class _PlaceholderTexts:
    """Placeholder texts by name; short ones are cut to 40 characters, since an id may be longer."""

    def __init__(self, sayings: dict[str, str]) -> None:
        self._sayings = sayings

    def __call__(self, name: str, id: str = "", **values: object) -> str:
        said = self._sayings[name].format(id=id, **values)
        return said[:40] if name in ("title", "short", "group", "grade", "part") else said


def _condition(question: EligibilityQuestion, say: _PlaceholderTexts) -> dict[str, str]:
    asked = say("question", question.id)
    if question.settings:
        shown = " ".join(f"{{{name}}}" for name in question.settings)
        asked = say("setting", text=asked, names=shown)
    return {
        "title": say("part", question.id),
        "question": asked,
        "why": say("why", question.id),
        "remedy": say("remedy", question.id),
    }


def _figure(id: str, say: _PlaceholderTexts) -> dict[str, str]:
    return {"label": say("part", id), "question": say("number", id), "hint": say("hint")}


def _deduction(id: str, say: _PlaceholderTexts) -> dict[str, str]:
    return {"label": say("part", id), "hint": say("hint")}


def _indicator(indicator: Indicator, say: _PlaceholderTexts) -> dict[str, Any]:
    words: dict[str, Any] = {
        "title": say("part", indicator.id),
        "question": say("question", indicator.id),
        "reviewer": say("reviewer"),
        "evidence": [say("evidence", number=number) for number in (1, 2, 3)],
        "pitfall": say("pitfall"),
    }
    return words | ({"sample": say("sample")} if indicator.type is IndicatorType.SAMPLED else {})


def _ids(parts: Iterable[object], key: str) -> list[str]:
    return [getattr(part, key) for part in parts]


@cache
def _read_placeholders() -> dict[str, dict[str, str]]:
    value: Any = read_document(PLACEHOLDER_FILE).value
    return value  # type: ignore[no-any-return]
