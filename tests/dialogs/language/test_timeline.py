"""A certificate's years as a picture: every width is kept, every day stands where it belongs."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.catalogue import LOCALES, find_catalogue
from dialogs.language.timeline import LEAST_WIDTH, display_width, draw_timeline
from rubric.certificate.facts import CertificateFacts
from rubric.certificate.months import add_months
from rubric.certificate.plan import CertificatePlan, plan_certificate
from rubric.library.library import Library

RULES = Library.from_folders().scheme("gbt27922-2011").lifecycle
HEAD = 3  # the months, the axis, today


def day(text: str) -> date:
    return date.fromisoformat(text)


def planned(issued: str, today: str, *surveilled: str, until: str = "") -> CertificatePlan:
    term = CertificateFacts(day(issued), tuple(day(one) for one in surveilled), day(until) if until else None)
    return plan_certificate(term, RULES, day(today))


PLANS = {
    "new": (planned("2026-03-01", "2026-03-01"), day("2026-03-01")),
    "waiting": (planned("2026-03-01", "2026-11-23"), day("2026-11-23")),
    "one done, one missed": (planned("2026-03-01", "2028-06-15", "2027-01-10"), day("2028-06-15")),
    "all done": (
        planned("2026-03-01", "2029-02-28", "2027-01-10", "2027-12-01", "2028-10-20"),
        day("2029-02-28"),
    ),
    "expired": (planned("2020-02-29", "2026-11-23"), day("2026-11-23")),
    "of one day": (planned("2026-03-01", "2026-03-05", until="2026-03-02"), day("2026-03-05")),
}


def cells(locale: str, found: CertificatePlan, today: date, width: int) -> list[str]:
    """The lines of the picture without what stands behind them; each label stands behind one blank."""
    words = find_catalogue(locale)
    lines = draw_timeline(words, found, today, width).split("\n")
    labels = [words("timeline.today")]
    labels += [
        words(f"timeline.{one.kind}", number=one.number or "")
        for one in found.milestones
        if one.kind != "expiry"
    ]
    for line, label in zip(lines[HEAD - 1 :], labels, strict=False):
        assert line.endswith(f" {label}")
    rows = [line.removesuffix(f" {label}") for line, label in zip(lines[HEAD - 1 :], labels, strict=False)]
    return [*lines[: HEAD - 1], *rows]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", PLANS)
def test_at_every_width_the_lines_are_equally_wide_and_none_is_too_wide(name: str, locale: str) -> None:
    found, today = PLANS[name]
    for width in range(32, 101):
        lines = draw_timeline(find_catalogue(locale), found, today, width).split("\n")
        assert max(map(display_width, lines)) <= width, width
        drawn = cells(locale, found, today, width)
        assert len({display_width(line) for line in drawn}) == 1, width
        assert max(display_width(line) for line in lines[HEAD - 1 : len(drawn)]) == width, (
            "the room is not used"
        )


@pytest.mark.parametrize("width", [-5, 0, 1, 31])
def test_below_the_least_width_it_is_drawn_at_that(width: int) -> None:
    found, today = PLANS["waiting"]
    assert draw_timeline(find_catalogue("en"), found, today, width) == draw_timeline(
        find_catalogue("en"), found, today, LEAST_WIDTH
    )


def test_every_sign_in_the_picture_has_one_column_in_every_font() -> None:
    for locale in LOCALES:
        for found, today in PLANS.values():
            assert all(line.isascii() for line in cells(locale, found, today, 60))


def test_it_is_drawn_as_it_was_by_hand() -> None:
    found, today = PLANS["one done, one missed"]
    assert draw_timeline(find_catalogue("en"), found, today, 40).split("\n") == [
        "2026-03   2027-03        2029-02",
        "+---------+---------+----------+",
        "                       v         today",
        "......==*==..................... audit 1",
        "...............==x==............ audit 2",
        "........................==!=.... audit 3",
        ".........................===!=== renewal",
        "= window  ! due  * done  x missed",
    ]


@pytest.mark.parametrize(
    ("today", "place", "sign"),
    [("2026-03-01", 0, "v"), ("2029-02-28", -1, "v"), ("2029-03-01", -1, ">"), ("2035-01-01", -1, ">")],
)
def test_today_stands_at_its_day_and_beyond_the_end_points_on(today: str, place: int, sign: str) -> None:
    found = planned("2026-03-01", today)
    for width in range(32, 101):
        line = cells("zh-Hans", found, day(today), width)[2]
        assert line.strip() == sign
        assert line[place] == sign


def test_only_signs_that_are_drawn_are_explained() -> None:
    legends = {
        name: draw_timeline(find_catalogue("en"), *PLANS[name], 60).split("\n")[-1]
        for name in ("new", "all done")
    }
    assert legends == {"new": "= window  ! due", "all done": "= window  ! due  * done"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sign_that_is_drawn_is_explained(locale: str) -> None:
    for found, today in PLANS.values():
        drawn = {sign for line in cells(locale, found, today, 32)[HEAD:] for sign in line} - {"."}
        lines = draw_timeline(find_catalogue(locale), found, today, 32).split("\n")
        legend = " ".join(lines[len(cells(locale, found, today, 32)) :])
        assert all(f"{sign} " in legend for sign in drawn)


@settings(max_examples=60)
@given(
    issued=st.dates(date(1980, 1, 1), date(2040, 12, 31)),
    gone=st.integers(0, 2000),
    done=st.lists(st.integers(0, 1094), max_size=4),
    months=st.none() | st.integers(1, 120),
    width=st.integers(32, 100),
    locale=st.sampled_from(LOCALES),
)
def test_any_certificate_fits_and_today_is_marked_once(
    issued: date, gone: int, done: list[int], months: int | None, width: int, locale: str
) -> None:
    today = issued + timedelta(days=gone)
    until = add_months(issued, months) if months else None
    surveilled = sorted({issued + timedelta(days=min(each, gone)) for each in done})
    found = plan_certificate(CertificateFacts(issued, tuple(surveilled), until), RULES, today)
    drawn = cells(locale, found, today, width)
    assert len({display_width(line) for line in drawn}) == 1
    assert drawn[2].strip() in ("v", ">")
    assert (drawn[2].strip() == ">") == (today > found.valid_until)
    lines = draw_timeline(find_catalogue(locale), found, today, width).split("\n")
    assert max(map(display_width, lines)) <= width
