import re

import pytest

from rubric.library import Library
from tests.dialogs.player import Player, World
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder

# Another scheme: the clauses of the shipped one under other numbers, and one headcount fewer.
OTHER = (
    re.sub(r"(?<![0-9.])5\.(?=[123])", "6.", SHIPPED_TEXT)
    .replace(f"id: {GBT}", "id: own")
    .replace("  - {id: outlets, source: standard}\n", "")
    .replace(
        "  - {id: staff_per_outlet, kind: ratio, figure: staff, per: outlets, at_least: 2, source: standard}\n",
        "",
    )
)


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.of()


@pytest.fixture(scope="session")
def two_schemes(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("schemes")
    Folder(folder, OTHER, "own", locales=("zh-Hans",))
    return Library.of([folder])


@pytest.fixture
def world(library: Library) -> World:
    return World(library)


@pytest.fixture
def li(world: World) -> Player:
    """Somebody who has just opened the talk."""
    return world.player("c1", "李明")


@pytest.fixture
def asked(li: Player) -> Player:
    """Somebody at the first question."""
    return li.begin()
