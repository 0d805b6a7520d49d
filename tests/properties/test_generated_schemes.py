"""Whatever scheme an author writes: it is checked, talked through, graded and climbed like the one that is shipped.

Longer runs: `SCHEME_EXAMPLES=2000 pytest -m soak tests/properties`.
"""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reports.answer_sheet import answer_sheet
from rubric.check.command import check_paths
from rubric.library.library import Library
from rubric.model.scheme import Scheme
from rubric.scoring.improvements import higher_grades
from rubric.scoring.score import score
from rubric.scoring.scorecard import Scorecard
from rubric.sheets.reader import read_sheet
from tests.properties.generated_schemes import talked_through, whole_schemes, written
from tests.rubric.builders import edit, line_of
from tests.rubric.scoring.test_improvements import by_trying_all

pytestmark = pytest.mark.slow

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def any_scheme_is_as_good_as_the_one_shipped(root: Path, scheme: Scheme, data: st.DataObject) -> None:
    folder = written(scheme, root)
    assert check_paths([folder]) == []
    library = Library.from_folders([folder])
    assert library.scheme(scheme.id) == scheme

    player = talked_through(data, library, scheme.id)
    card = player.screen.scorecard
    assert card is not None
    assert graded_from_its_sheet(root, answer_sheet(player.case, scheme), library) == told(card)

    best = by_trying_all(scheme, player.case.answer_sheet())
    for rung in higher_grades(card):
        way = None if rung.cheapest is None else tuple(step.indicator for step in rung.cheapest)
        assert way == best[rung.grade]


def graded_from_its_sheet(root: Path, sheet: str, library: Library) -> tuple[object, ...]:
    (root / "SHEET.yaml").write_text(sheet, encoding="utf-8")
    return told(score(*read_sheet(root / "SHEET.yaml", library)))


def told(card: Scorecard) -> tuple[object, ...]:
    return card.grade, card.exact, card.lines, card.groups, card.unanswered, card.warnings, card.best_grade


@settings(max_examples=120, suppress_health_check=QUIET)
@given(scheme=whole_schemes(), data=st.data())
def test_any_scheme_is_checked_talked_through_graded_and_climbed(
    tmp_path_factory: pytest.TempPathFactory, scheme: Scheme, data: st.DataObject
) -> None:
    any_scheme_is_as_good_as_the_one_shipped(tmp_path_factory.mktemp("any"), scheme, data)


@pytest.mark.soak
@settings(max_examples=int(os.environ.get("SCHEME_EXAMPLES", "500")), suppress_health_check=QUIET)
@given(scheme=whole_schemes(most=8), data=st.data())
def test_very_many_schemes_are_checked_talked_through_graded_and_climbed(
    tmp_path_factory: pytest.TempPathFactory, scheme: Scheme, data: st.DataObject
) -> None:
    any_scheme_is_as_good_as_the_one_shipped(tmp_path_factory.mktemp("any"), scheme, data)


@settings(max_examples=40, suppress_health_check=QUIET)
@given(scheme=whole_schemes())
def test_one_wrong_number_in_any_scheme_is_told_at_its_line(
    tmp_path_factory: pytest.TempPathFactory, scheme: Scheme
) -> None:
    folder = written(scheme, tmp_path_factory.mktemp("any"))
    version = folder / scheme.id / "1.yaml"
    edit_points(version)
    faults = check_paths([folder])
    assert {fault.code for fault in faults} <= {"sum", "full_mark"}
    assert line_of(version, "{id: rest,") in {fault.line for fault in faults}
    edit(version, "  fail_at:", "  fial_at:")
    assert {"sum", "unknown_key", "missing"} <= {fault.code for fault in check_paths([folder])}


def edit_points(version: Path) -> None:
    """Other points for the last group, less than any that are drawn."""
    text, number = re.subn(
        r"(\{id: rest, (?:parent: \w+, )?points: \{value: )[0-9.]+",
        r"\g<1>0.125",
        version.read_text(encoding="utf-8"),
    )
    assert number == 1
    version.write_text(text, encoding="utf-8")
