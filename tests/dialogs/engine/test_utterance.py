"""A typed text is folded once in a turn, whatever reads it."""

import sys
from collections import Counter

import pytest

from dialogs.parsing import intents
from rubric.model.answers import Met, Sampled
from tests.dialogs.player import Player


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each text was normalized."""
    counts: Counter[str] = Counter()
    normalize = intents.normalize

    def count(text: str) -> str:
        counts[text] += 1
        return normalize(text)

    for name, module in list(sys.modules.items()):
        if name.startswith("dialogs.") and getattr(module, "normalize", None) is normalize:
            monkeypatch.setattr(module, "normalize", count)
    return counts


@pytest.mark.parametrize(
    "typed",
    [
        "符合！",
        "【Met】",
        "/help",
        "／REVIEW",
        "查看总分！",
        "5.2.3。",
        "5.1.1.2: 37/40",
        "5.1.5.2 37/40",
        "怎么说呢？",
        "40！",
    ],
)
def test_a_typed_text_is_normalized_once_in_a_turn(asked: Player, folded: Counter[str], typed: str) -> None:
    asked.say(typed)
    assert folded[typed] == 1


@pytest.mark.parametrize("field", ["name", "credit_code", "trade", "province", "staff"])
def test_a_field_of_the_organisation_is_normalized_once(
    asked: Player, folded: Counter[str], field: str
) -> None:
    asked.press("nav:menu", "profile", f"field:{field}").say("【上海】")
    assert folded["【上海】"] == 1


def test_a_clause_its_answer_and_the_whole_are_each_normalized_once(
    asked: Player, folded: Counter[str]
) -> None:
    asked.say("5.1.1.2: 37/40.")
    assert asked.case.answers == {"5.1.1.2": Sampled(40, 37)}
    assert [folded[text] for text in ("5.1.1.2: 37/40.", "5.1.1.2", "37/40.")] == [1, 1, 1]


@pytest.mark.parametrize("screen", ["evidence", "answer:na"])
def test_free_text_is_normalized_once(asked: Player, folded: Counter[str], screen: str) -> None:
    asked.say("5.2.6.2").press(screen).say("没有这项业务。")
    assert folded["没有这项业务。"] == 1


def test_a_caption_is_normalized_once(asked: Player, folded: Counter[str]) -> None:
    asked.send("1.pdf", caption="5.1.5.2 符合！")
    assert asked.answer("5.1.5.2") == Met()
    assert folded["5.1.5.2 符合！"] == 1


def test_the_labels_of_a_screen_seen_before_are_not_normalized_again(
    asked: Player, folded: Counter[str]
) -> None:
    asked.say("怎么说呢？")
    folded.clear()
    asked.say("怎么说呢？")
    assert set(folded) <= {"怎么说呢？", "怎么说"}
