import pytest

from tests.dialogs import prepared_talks
from tests.dialogs.player import Player


@pytest.fixture
def li() -> Player:
    """Somebody who has just opened the talk."""
    return prepared_talks.opened().players["c1"]


@pytest.fixture
def asked() -> Player:
    """Somebody at the first question."""
    return prepared_talks.begun().players["c1"]


@pytest.fixture
def choosing() -> Player:
    """Somebody who has just opened the talk, where there are two schemes."""
    return prepared_talks.opened(schemes=2).players["c1"]
