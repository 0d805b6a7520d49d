"""Small schemes, their words, answers to them, and the folders that an author would keep them in."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from rubric.layout import SHIPPED_SCHEMES
from rubric.library.loading import load_scheme
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.model.fractions import format_exact
from rubric.model.scheme import Scheme

GBT = "gbt27922-2011"
SHIPPED_TEXT = (SHIPPED_SCHEMES / GBT / "1.yaml").read_text(encoding="utf-8")

RULES = {
    "indicator_types": "proposed",
    "deletable": "proposed",
    "efforts": "proposed",
    "final_score": "proposed",
    "shown_score": "proposed",
    "pass_first": {"value": "no", "source": "standard"},
}
LIFECYCLE: dict[str, Any] = {
    "validity": {
        "years": "3",
        "last_day": "day_before_anniversary",
        "source": "standard",
        "last_day_source": "proposed",
    },
    "surveillance": {
        "number": "3",
        "opens_months": "8",
        "due_months": "10",
        "closes_months": "12",
        "counts_after_months": "3",
        "source": "proposed",
    },
    "recertification": {"opens_months": "6", "due_months": "3", "source": "proposed"},
    "suspension": {"grace_days": "0", "revoked_after_months": "6", "block_months": "12", "source": "body"},
    "reminders": {
        "before_due_days": ["30", "7", "1"],
        "overdue_weeks": "8",
        "colleagues_from": "due-7",
        "admins_from": "overdue-2",
        "idle_days": ["7", "30", "90"],
        "action_days_before": ["7", "1", "0"],
        "material_days_before": ["30", "7"],
        "evidence_months": "12",
        "source": "proposed",
    },
}
BANDS = {"pass": "70", "3-star": "80", "4-star": "90", "5-star": "95"}


@cache
def gbt() -> Scheme:
    return load_scheme(SHIPPED_SCHEMES / GBT / "1.yaml")


def item(
    id: str,
    points: Fraction | Decimal | int | str = 1,
    type: str = "qualitative",
    *,
    group: str = "1",
    effort: int = 1,
    deletable: bool = True,
    requires: Mapping[str, str] | None = None,
    source: str = "proposed",
    asked_if: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """An indicator as a scheme file has it."""
    found: dict[str, Any] = {
        "id": id,
        "group": group,
        "type": type,
        "points": {"value": format_exact(Fraction(points)), "source": source},
        "effort": str(effort),
        "deletable": "yes" if deletable else "no",
        "source": "standard",
    }
    found |= {} if asked_if is None else {"asked_if": dict(asked_if)}
    return found if requires is None else found | {"requires": dict(requires)}


def computed(id: str, points: Any = 1, partial: str = "pro_rata", effort: int = 1) -> dict[str, Any]:
    """A computed indicator with two figures of its own, `base_<id>` and `have_<id>`."""
    requires = {
        "base": f"base_{id}",
        "percent": "10",
        "minimum": "1",
        "have": f"have_{id}",
        "partial": partial,
        "rounding_source": "proposed",
        "partial_source": "proposed",
    }
    return item(id, points, "computed", effort=effort, deletable=False, requires=requires)


def scheme_value(items: Sequence[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
    """A scheme file's value with these indicators; groups and figures follow from them."""
    groups = list(dict.fromkeys(each["group"] for each in items))
    points = {
        group: sum(Decimal(i["points"]["value"]) for i in items if i["group"] == group) for group in groups
    }
    figures = ["outlets"] if any("asked_if" in i for i in items) else []
    figures += [i["requires"][key] for i in items if "requires" in i for key in ("base", "have")]
    value = {
        "id": "small",
        "version": "1",
        "figures": [{"id": figure, "source": "proposed"} for figure in dict.fromkeys(figures)],
        "plausibility": [],
        "eligibility": [],
        "groups": [
            {"id": group, "points": {"value": str(points[group]), "source": "proposed"}, "source": "proposed"}
            for group in groups
        ],
        "indicators": [dict(each) for each in items],
        "grades": bands(BANDS),
        "special_deductions": {"kinds": ["law", "trade"], "each": "1", "fail_at": "5", "source": "standard"},
        "bonus": {"points": "1", "at_most": "1", "source": "standard"},
        "rules": RULES,
        "lifecycle": LIFECYCLE,
    }
    return value | changes


def bands(cuts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"grade": grade, "at_least": cut, "source": "standard"} for grade, cut in cuts.items()]


def scheme_of(items: Sequence[Mapping[str, Any]], **changes: Any) -> Scheme:
    """As `scheme_value`; the points need not add up to 100, which scoring does not depend on."""
    return Scheme.model_validate(scheme_value(items, **changes))


def sheet_of(
    answers: Mapping[str, Answer] | None = None,
    figures: Mapping[str, int] | None = None,
    *,
    deductions: int = 0,
    bonus: bool = False,
) -> AnswerSheet:
    """A sheet; `deductions` is how many special deductions there are."""
    special = tuple(SpecialDeduction("law") for _ in range(deductions))
    return AnswerSheet(figures or {}, answers or {}, special, "ahead of the trade" if bonus else None)


def all_met(scheme: Scheme, **given: Any) -> AnswerSheet:
    """Every indicator at full, computed ones by their figures."""
    figures = {rule.base: 0 for i in scheme.indicators if (rule := i.requires)}
    figures |= {rule.have: 10**6 for i in scheme.indicators if (rule := i.requires)}
    return sheet_of({i.id: Met() for i in scheme.indicators if not i.requires}, figures, **given)


_FIGURE_WORDS = {"label": "A figure", "question": "How many?", "hint": "None is 0."}


def words_value(scheme: Scheme, locale: str = "en") -> dict[str, Any]:
    """A text file's value that has all the words of the scheme."""
    return {
        "scheme": scheme.id,
        "locale": locale,
        "source": "proposed",
        "title": "A scheme",
        "short": "Scheme",
        "about": "What it is about.",
        "groups": dict.fromkeys((group.id for group in scheme.groups), "A group"),
        "grades": dict.fromkeys(("fail", *(band.grade for band in scheme.grades)), "A grade"),
        "eligibility": {each.id: _question_words(sorted(each.settings)) for each in scheme.eligibility},
        "figures": {
            f.id: {"label": "A figure", "question": "How many?", "hint": "None is 0."} for f in scheme.figures
        },
        "deductions": {
            kind: {"label": "A kind", "hint": "What falls under it."}
            for kind in scheme.special_deductions.kinds
        },
        "bonus": {"label": "Bonus", "question": "Is there one?", "hint": "Rare."},
        "untrue": "Untrue answers can cost the certificate.",
        "indicators": {
            each.id: _indicator_words(sampled=each.type == "sampled") for each in scheme.indicators
        },
    }


def _question_words(settings: Sequence[str]) -> dict[str, str]:
    shown = " ".join(f"{{{name}}}" for name in settings)
    return {
        "title": "A condition",
        "question": f"Is it so? {shown}",
        "why": "It is asked.",
        "remedy": "Make it so.",
    }


def _indicator_words(sampled: bool) -> dict[str, Any]:
    words = {
        "title": "An indicator",
        "question": "Is it so?",
        "reviewer": "Looks at it.",
        "evidence": ["A paper", "A photograph", "A record"],
        "pitfall": "Often forgotten.",
    }
    return words | {"sample": "Draw 20 of them."} if sampled else words


class Folder:
    """A scheme folder as its author has it, complete and right, for a test to edit."""

    def __init__(
        self, root: Path, structure: str = SHIPPED_TEXT, name: str = GBT, locales: Sequence[str] = ("en",)
    ):
        self.path = root / name
        self.version = self.path / "1.yaml"
        (self.path / "text").mkdir(parents=True)
        self.version.write_text(structure, encoding="utf-8")
        scheme = Scheme.model_validate(yaml.load(structure, Loader=yaml.CBaseLoader))
        for locale in locales:
            self.write_words(words_value(scheme, locale), locale)

    def words(self, locale: str = "en") -> Path:
        return self.path / "text" / f"{locale}.yaml"

    def write_words(self, value: Mapping[str, Any], locale: str = "en") -> None:
        dumped = yaml.dump(dict(value), Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=500)
        self.words(locale).write_text(dumped, encoding="utf-8")


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def edit(file: Path, old: str, new: str) -> None:
    """Replaces the first `old`, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(file: Path, part: str) -> int:
    """The number, from 1, of the first line that holds `part`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)


def points() -> st.SearchStrategy[Decimal]:
    """From 0 to 10 in quarters, small numbers so that ties are common."""
    return st.integers(0, 40).map(lambda quarters: Decimal(quarters) / 4)


@st.composite
def schemes(draw: st.DrawFn, most: int = 8, *, conditional: bool = True) -> Scheme:
    """Schemes of 1 to `most` indicators of any type, in up to three groups, with any points, cuts and gates.

    Where `conditional`, some of them are asked under conditions.
    """
    items = []
    for number in range(draw(st.integers(1, most))):
        drawn_points, effort = draw(points()), draw(st.integers(1, 3))
        kind = draw(st.sampled_from(["qualitative", "sampled", "computed"]))
        if kind == "computed":
            items.append(
                computed(f"i{number}", drawn_points, draw(st.sampled_from(["pro_rata", "none"])), effort)
            )
        else:
            group, asked_if = (
                draw(st.sampled_from("123")),
                draw(st.none() | conditions(items)) if conditional else None,
            )
            items.append(
                item(f"i{number}", drawn_points, kind, group=group, effort=effort, asked_if=asked_if)
            )
    cuts = sorted(draw(st.sets(st.integers(1, 100), min_size=1, max_size=4)))
    first = {"value": draw(st.sampled_from(["no", "yes"])), "source": "standard"}
    return scheme_of(
        items,
        grades=draw(gated(bands({f"{n}-star": str(cut) for n, cut in enumerate(cuts)}), items)),
        rules=RULES | {"pass_first": first},
    )


def conditions(items: Sequence[Mapping[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Any condition that an indicator behind these may be asked under."""
    simple: list[dict[str, Any]] = [
        {"figure": "outlets", "at_least": "5"},
        {"figure": "outlets", "at_most": "9"},
    ]
    for each in items:
        if "requires" not in each:
            outcomes = ["na"] if Decimal(each["points"]["value"]) else ["met", "part"]
            simple += [{"indicator": each["id"], key: outcomes} for key in ("is", "is_not")]
    one = st.sampled_from(simple)
    return one | st.builds(
        lambda key, inner: {key: inner},
        st.sampled_from(["all", "any"]),
        st.lists(one, min_size=1, max_size=2),
    )


@st.composite
def gated(
    draw: st.DrawFn, grades: list[dict[str, Any]], items: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The grades, some of which need some of the indicators in full, none of them twice."""
    counting = [each["id"] for each in items if Decimal(each["points"]["value"])]
    for name in draw(st.lists(st.sampled_from(counting), unique=True, max_size=2)) if counting else []:
        draw(st.sampled_from(grades)).setdefault("needs", []).append(name)
    return grades


def answers_to(type: str) -> st.SearchStrategy[Answer | None]:
    """Any answer that an indicator of this type takes, None for open."""
    plain: list[st.SearchStrategy[Answer | None]] = [
        st.none(),
        st.just(Met()),
        st.just(Unmet()),
        st.just(NotApplicable("not sold here")),
    ]
    samples = st.integers(1, 12).flatmap(lambda n: st.builds(Sampled, st.just(n), st.integers(0, n)))
    return st.one_of(*plain, samples) if type == "sampled" else st.one_of(*plain)


@st.composite
def sheets(draw: st.DrawFn, scheme: Scheme, most_deductions: int = 5) -> AnswerSheet:
    """Any sheet for the scheme: every indicator open or answered, every figure known or not."""
    drawn = {i.id: draw(answers_to(i.type)) for i in scheme.indicators if not i.requires}
    figures = {figure.id: draw(st.none() | st.integers(0, 40)) for figure in scheme.figures}
    return sheet_of(
        {key: answer for key, answer in drawn.items() if answer is not None},
        {key: number for key, number in figures.items() if number is not None},
        deductions=draw(st.integers(0, most_deductions)),
        bonus=draw(st.booleans()),
    )


@st.composite
def graded(draw: st.DrawFn, most: int = 8, most_deductions: int = 5) -> tuple[Scheme, AnswerSheet]:
    scheme = draw(schemes(most))
    return scheme, draw(sheets(scheme, most_deductions))
