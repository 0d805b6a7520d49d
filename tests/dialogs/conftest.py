import pytest

from tests.dialogs import talks
from tests.dialogs.player import Player


@pytest.fixture
def li() -> Player:
    """Somebody who has just opened the talk."""
    return talks.opened().players["c1"]


@pytest.fixture
def asked() -> Player:
    """Somebody at the first question."""
    return talks.begun().players["c1"]


@pytest.fixture
def choosing() -> Player:
    """Somebody who has just opened the talk, where there are two schemes."""
    return talks.opened(schemes=2).players["c1"]
