"""Schemes as an author might write them, whole and right, and people who answer them as they like."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.conversations.preview import SingleSchemeLibrary
from rubric.authoring.placeholders import placeholder_text
from rubric.authoring.skeleton import skeleton_files
from rubric.library.library import Library
from rubric.model.fractions import format_exact
from rubric.model.scheme import Scheme
from tests.dialogs.player import Player, World
from tests.rubric.builders import item, schemes

LOCALES = ("en", "zh-Hans")
_LONGEST_TALK = 150
_REST = "rest"
Value = dict[str, Any]


@st.composite
def whole_schemes(draw: st.DrawFn, most: int = 6) -> Scheme:
    """Of up to `most` indicators and one more that makes their points 100: groups within groups, conditions, all."""
    value = draw(schemes(most - 1)).model_dump(mode="json", exclude_none=True, by_alias=True)
    total = sum((Fraction(each["points"]["value"]) for each in value["indicators"]), Fraction(0))
    value["indicators"].append(item(f"i.{_REST}", 100 - total, group=_REST, effort=draw(st.integers(1, 3))))
    value["groups"].append(_group(_REST, 100 - total))
    value["groups"] = draw(nested(value["groups"]))
    value["eligibility"] = draw(
        st.lists(conditions_of_applying(), max_size=2, unique_by=lambda each: each["id"])
    )
    value["plausibility"] = draw(limits([figure["id"] for figure in value["figures"]]))
    value["bonus"]["at_most"] = draw(st.sampled_from([0, 1]))
    value["special_deductions"]["fail_at"] = draw(st.integers(1, 3))
    return Scheme.model_validate(value)


def _group(id: str, points: Fraction, **more: str) -> Value:
    return {
        "id": id,
        "points": {"value": format_exact(points), "source": "proposed"},
        "source": "proposed",
    } | more


@st.composite
def nested(draw: st.DrawFn, groups: list[Value]) -> list[Value]:
    """The groups as they are, or some of them below one, or below one that lies below another."""
    inside = draw(st.sets(st.sampled_from([group["id"] for group in groups])))
    levels = draw(st.integers(0, 2)) if inside else 0
    below = [group for group in groups if group["id"] in inside]
    points = sum((Fraction(group["points"]["value"]) for group in below), Fraction(0))
    above = [_group("top", points), _group("middle", points, parent="top")][:levels]
    lowest = {"parent": above[-1]["id"]} if above else {}
    return [*above, *(group | (lowest if group["id"] in inside else {}) for group in groups)]


@st.composite
def conditions_of_applying(draw: st.DrawFn) -> Value:
    names = draw(st.sets(st.sampled_from(["months", "years"]), max_size=2))
    return {
        "id": draw(st.sampled_from(["legal_status", "permits", "record"])),
        "consequence": draw(st.sampled_from(["blocks", "warns"])),
        "not_needed": draw(st.booleans()),
        "settings": {name: {"value": draw(st.integers(1, 12)), "source": "body"} for name in sorted(names)},
        "source": "proposed",
    }


def limits(figures: list[str]) -> st.SearchStrategy[list[Value]]:
    """No rule of plausibility, or one about the first two figures."""
    if len(figures) < 2:
        return st.just([])
    rule = {"id": "rule", "figure": figures[0], "source": "proposed"}
    limit = rule | {"kind": "limit", "limit": figures[1]}
    ratio = rule | {"kind": "ratio", "per": figures[1], "at_least": Decimal("1.5")}
    return st.sampled_from([[], [limit], [ratio]])


def written(scheme: Scheme, root: Path) -> Path:
    """The scheme in a folder of schemes, with words in LOCALES."""
    for name, text in skeleton_files(
        scheme, [placeholder_text(scheme, locale) for locale in LOCALES]
    ).items():
        path = root / scheme.id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def talked_through(data: st.DataObject, library: Library, name: str) -> Player:
    """Somebody who answers whatever comes in any of the ways that there are, at the grade."""
    player = World(SingleSchemeLibrary(library, name)).player("c1", "李明")
    gone_on(data, player)
    assert player.state == "grade"
    return player


def gone_on(data: st.DataObject, player: Player, most: int = _LONGEST_TALK) -> None:
    """Let the player answer on, up to the grade, and at most so many times before the answers are handed in."""
    said: list[str] = []
    for _ in range(most):
        if player.state == "grade" or (most < _LONGEST_TALK and player.state == "confirm"):
            return
        one = data.draw(st.sampled_from(_ways(player)))
        said.append(f"{player.state}: {one}")
        if one.startswith("say "):
            player.say(one.removeprefix("say "))
        else:
            player.press(one)
        assert player.problem is None, f"{said[-1]}: {player.problem}"
    assert most < _LONGEST_TALK, f"the talk comes to no grade: {said}"


ANSWERS = ("answer:met", "answer:unmet", "answer:na", "answer:skip")
TEXTS: Mapping[str, tuple[str, ...]] = {
    "organisation.name": ("say 星河电器有限公司",),
    "scoring.reason": ("say We do not sell such goods",),
    "deductions.note": ("say Fined in March",),
}


def _ways(player: Player) -> list[str]:
    """What leads on from this screen: typed where the screen wants it, else buttons."""
    state = player.state
    if state in TEXTS:
        return list(TEXTS[state])
    if player.screen.takes_number and state.startswith("organisation.") and "nav:next" not in player.buttons:
        return [f"say {number}" for number in (0, 1, 4, 9, 10, 40)]
    if "case:rehearse" in player.buttons:
        return ["case:rehearse"]
    ways = [one for one in player.buttons if one in ANSWERS]
    if state == "scoring.question" and "answer:sample" in player.buttons:
        ways += ["say 3/7", "say 0/2", "say 5/5"]
    if state == "bonus":
        ways += [one for one in ("bonus:claim",) if one in player.buttons]
    if state == "deductions" and not player.case.deductions:
        ways += [one for one in player.buttons if one.startswith("deduction:")]
    return ways + [one for one in ("nav:submit", "nav:next", "lang:en") if one in player.buttons]
