"""The overlays that come with the product."""

from itertools import combinations

import pytest

from dialogs.language.catalogue import LOCALES
from rubric.library.library import Library
from rubric.model.text_patches import patch_entries
from rubric.overlays.library import composed_name
from rubric.parsing.faults import FaultsFoundError
from rubric.scoring.score import score
from tests.rubric.builders import all_met

LIBRARY = Library.from_folders()
NAMES = LIBRARY.overlays.names()
WANTED = {"anhui-auto-parts", "anhui-home-appliances", "culture-leisure", "finance", "retail"}


def over(*names: str) -> str:
    overlay = LIBRARY.overlays.overlay(names[0], LIBRARY.overlays.newest(names[0]))
    return composed_name(overlay.over, names)


def test_they_are_all_there() -> None:
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_each_has_all_its_words_in_every_language(name: str) -> None:
    base, scheme = (
        LIBRARY.text(LIBRARY.scheme(over(name)).id.partition("+")[0], "en"),
        LIBRARY.scheme(over(name)),
    )
    for locale in LOCALES:
        text = LIBRARY.text(over(name), locale)
        assert text.locale == locale
        assert set(text.indicators) == set(scheme.indicator_by_id)
    assert LIBRARY.text(over(name), "en") != base


@pytest.mark.parametrize("name", NAMES)
def test_none_changes_a_score(name: str) -> None:
    """Their questions are advice: what is published of these trades and regions are no points."""
    scheme = LIBRARY.scheme(over(name))
    base = LIBRARY.scheme(scheme.id.partition("+")[0])
    card, plain = score(scheme, all_met(scheme)), score(base, all_met(base))
    assert (card.exact, card.grade, card.involved) == (plain.exact, plain.grade, plain.involved)
    assert scheme.weights == base.weights


@pytest.mark.parametrize("pair", [*combinations(NAMES, 2)], ids="+".join)
def test_any_two_go_together_unless_they_word_one_question_differently(pair: tuple[str, str]) -> None:
    first, second = (dict(patch_entries(LIBRARY.overlays.text(name, "zh-Hans"))) for name in pair)
    if any(first[where] != second[where] for where in first.keys() & second.keys()):
        with pytest.raises(FaultsFoundError, match="conflict"):
            LIBRARY.text(over(*pair), "zh-Hans")
    else:
        text = LIBRARY.text(over(*pair), "zh-Hans")
        assert all(any(key.startswith(f"{name}.") for key in text.indicators) for name in pair)
