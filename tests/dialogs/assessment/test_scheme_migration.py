"""A running case under other overlays: nothing answered is lost, and undo takes the change back."""

import pytest

from dialogs.assessment.scheme_migration import change_scheme
from dialogs.flow.scene import Scene
from rubric.library.library import Library
from rubric.overlays.library import composed_name
from tests.dialogs.player import Player, World

LIBRARY = Library.from_folders()
OVERLAY = LIBRARY.overlays.names()[0]


@pytest.fixture
def scene() -> Scene:
    world = World(LIBRARY)
    player: Player = world.player("c1", "李明").begin().press("answer:met")
    return Scene(player.dossier(), world.library, world.now)


def test_the_answers_stay_and_what_the_overlay_adds_is_open(scene: Scene) -> None:
    before, answers = scene.scheme, dict(scene.case.answers)
    change_scheme(scene, composed_name(before.id, [OVERLAY]))
    assert (scene.case.scheme, scene.case.version) == (f"{before.id}+{OVERLAY}", "1+1")
    assert scene.case.answers == answers
    assert f"{OVERLAY}.1" in scene.scorecard.unanswered


def test_what_it_began_with_is_kept(scene: Scene) -> None:
    began = scene.case.pin
    change_scheme(scene, composed_name(scene.scheme.id, [OVERLAY]))
    assert [restore.previous for restore in scene.undo_entries] == [None, began]


def test_the_same_scheme_again_changes_nothing(scene: Scene) -> None:
    change_scheme(scene, scene.case.scheme)
    events = list(scene.events)
    change_scheme(scene, scene.case.scheme)
    assert scene.events == events
