"""Whatever the next version of whatever scheme changes: a running assessment loses nothing by it.

Longer runs: `SCHEME_EXAMPLES=2000 pytest -m soak tests/properties`.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.conversations.preview import SingleSchemeLibrary
from bot.reports.answer_sheet import answer_sheet
from dialogs.assessment.scheme_migration import preview_migration
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import AnswerRecorded
from rubric.check.command import check_paths
from rubric.library.library import Library
from rubric.model.answers import Answer
from rubric.model.scheme import Scheme
from tests.dialogs.player import Player, World
from tests.properties.generated_schemes import gone_on, whole_schemes, written
from tests.properties.generated_versions import published, second_versions
from tests.properties.test_generated_schemes import QUIET, graded_from_its_sheet, told
from tests.rubric.builders import answers_to

pytestmark = pytest.mark.slow


def no_version_loses_anything(root: Path, first: Scheme, data: st.DataObject) -> None:
    folder = written(first, root)
    player = World(SingleSchemeLibrary(Library.from_folders([folder]), first.id)).player("c1", "李明")
    gone_on(data, player, most=data.draw(st.integers(14, 30)))
    assume(player.talk.case in player.world.cases and not player.case.submitted)
    before = player.case
    published(data.draw(second_versions(first)), root)
    assert check_paths([folder]) == []
    player.world.library = SingleSchemeLibrary(Library.from_folders([folder]), first.id)
    assert player.case == before

    player.world.wait(days=7)
    assert player.open().state == "version"
    foreseen = preview_migration(player.world.library, before, "2")
    player.press("version:later")
    assert (player.case.version, standing(player)) == ("2", dict(foreseen.answers))
    assert (
        player.case.compute_scorecard(player.world.library.pinned_scheme(player.case))
        == foreseen.new_scorecard
    )
    assert not lost(before, player.case)

    answered = data.draw(answers_where(foreseen.scheme, foreseen.to_answer))
    scene = Scene(player.dossier(), player.world.library, player.world.now)
    for key, answer in answered.items():
        record_value(scene, AnswerRecorded, key, answer)
    player.world.cases |= scene.dossier.cases

    player.press("nav:menu", "version", "version:back")
    assert player.case.version == "1"
    assert not player.screen.has_button("version:back")
    assert {key: player.case.answers.get(key) for key in before.answers} == before.answers

    player.press("nav:menu", "version", "version:now")
    assert standing(player) == dict(foreseen.answers) | answered
    gone_on(data, player)
    card, scheme = player.screen.scorecard, player.world.library.pinned_scheme(player.case)
    assert card is not None
    library = Library.from_folders([folder])
    assert graded_from_its_sheet(root, answer_sheet(player.case, scheme), library) == told(card)


def standing(player: Player) -> dict[str, Answer]:
    """What is answered of that which the case's version asks."""
    known = player.world.library.pinned_scheme(player.case).indicator_by_id
    return {key: answer for key, answer in player.case.answers.items() if key in known}


def lost(before: Case, now: Case) -> list[str]:
    """Whose answer is neither where it was nor kept for the way back."""
    return [
        key
        for key, answer in before.answers.items()
        if answer not in {now.answers.get(key), now.parked.get(f"{before.version} {key}")}
    ]


@st.composite
def answers_where(draw: st.DrawFn, scheme: Scheme, asked: Sequence[str]) -> dict[str, Answer]:
    """Some of the questions answered that a move leaves open."""
    fixed = {key: draw(answers_to(str(scheme.indicator_by_id[key].type))) for key in asked}
    return {key: answer for key, answer in fixed.items() if answer is not None}


@settings(max_examples=60, suppress_health_check=QUIET)
@given(first=whole_schemes(), data=st.data())
def test_no_version_of_any_scheme_loses_an_answer(
    tmp_path_factory: pytest.TempPathFactory, first: Scheme, data: st.DataObject
) -> None:
    no_version_loses_anything(tmp_path_factory.mktemp("version"), first, data)


@pytest.mark.soak
@settings(max_examples=int(os.environ.get("SCHEME_EXAMPLES", "500")), suppress_health_check=QUIET)
@given(first=whole_schemes(most=8), data=st.data())
def test_no_version_of_very_many_schemes_loses_an_answer(
    tmp_path_factory: pytest.TempPathFactory, first: Scheme, data: st.DataObject
) -> None:
    no_version_loses_anything(tmp_path_factory.mktemp("version"), first, data)
