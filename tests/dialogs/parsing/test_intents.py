"""What typed text means, in everyday forms; and what must not be understood, since an answer is never guessed."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.language.catalogue import typed_words
from dialogs.parsing import numerals
from dialogs.parsing.intents import asks_for_none, clean_text, find_meanings, normalize
from dialogs.parsing.sample_counts import SampleCounts, parse_sample
from tests.dialogs.parsing import typed_phrases

ANSWERS = {"yes", "no", "met", "unmet", "na", "there_is", "there_is_none"}
ANSWERING = sorted({word for meaning in ANSWERS for word in typed_words()[meaning]})


@pytest.mark.parametrize("meaning", typed_phrases.WORDS)
def test_everyday_words_are_understood(meaning: str) -> None:
    assert {word: find_meanings(word) for word in typed_phrases.WORDS[meaning]} == dict.fromkeys(
        typed_phrases.WORDS[meaning], frozenset({meaning})
    )


def test_what_is_not_said_for_certain_means_no_answer() -> None:
    assert [
        text
        for text in typed_phrases.UNSURE
        if find_meanings(text) & ANSWERS or parse_sample(normalize(text))
    ] == []


@pytest.mark.parametrize("before", ["不", "没", "未", "非", "不太", "不是", "没有", "并不", "从不"])
def test_a_negation_before_a_word_never_means_the_word(before: str) -> None:
    assert [word for word in ANSWERING if find_meanings(before + word) & find_meanings(word) & ANSWERS] == []


@pytest.mark.parametrize("tail", ["吧", "吗", "？", "……", "，但是不全", "一部分", " but", " maybe", "%"])
def test_a_doubt_behind_a_word_never_means_the_word(tail: str) -> None:
    assert [word for word in ANSWERING if find_meanings(word + tail) & ANSWERS] == []


def test_every_known_word_is_found_however_it_is_cased_and_set_off() -> None:
    for meaning, words in typed_words().items():
        for word in words:
            for typed in (word.upper(), f"  {word}\n", f"{word}。", f"「{word}」", f"{word}!"):
                assert meaning in find_meanings(typed), typed


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("是否记录良好：没有重大事故？", True),
        ("沒有短於規定的期限？", True),
        ("a clean record: no incident?", True),
        ("公司有没有查明法规？", False),
        ("有沒有提供管道？", False),
        ("Does the company note it?", False),
    ],
)
def test_a_question_that_asks_for_something_not_to_be_is_told_apart(question: str, expected: bool) -> None:
    assert asks_for_none(question) == expected


@pytest.mark.parametrize("counts", typed_phrases.SAMPLES)
def test_everyday_samples_are_understood(counts: tuple[int, int]) -> None:
    texts = typed_phrases.SAMPLES[counts]
    assert {text: parse_sample(normalize(text)) for text in texts} == dict.fromkeys(
        texts, SampleCounts(*counts)
    )


def test_what_tells_no_sample_for_certain_is_none() -> None:
    assert [text for text in typed_phrases.NO_SAMPLES if parse_sample(normalize(text)) is not None] == []


def test_counts_are_understood_in_every_writing() -> None:
    assert {text: numerals.parse_count(normalize(text)) for text, _ in typed_phrases.COUNTS} == dict(
        typed_phrases.COUNTS
    )


def test_what_is_no_whole_number_for_certain_is_none() -> None:
    assert [
        text for text in typed_phrases.NO_COUNTS if numerals.parse_count(normalize(text)) is not None
    ] == []


def _written(number: int) -> str:
    """The number in Chinese as it is taught at school."""
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return f"{_written(high)}万{gap}{_written(low) if low else ''}"
    digits = "".join(
        digit + unit
        for digit, unit in zip(
            (_CHINESE[int(d)] for d in f"{number:04}"), ("千", "百", "十", ""), strict=True
        )
    )
    spoken = re.sub("零+", "零", re.sub("零[千百十]", "零", digits)).strip("零")
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


_CHINESE = "零一二三四五六七八九"


def test_every_number_written_in_chinese_is_read_as_that_number() -> None:
    numbers = [*range(1, 2100), *range(9_990, 12_020), 20_005, 100_000, 2_800_300, 99_999_999]
    assert [n for n in numbers if numerals.parse_number(_written(n)) != n] == []


def _numbers_in(text: str) -> set[int]:
    """Every number that some part of the text is."""
    runs = re.findall(rf"[0-9]+|{numerals.NUMBER}", normalize(text))
    return {value for run in runs if (value := numerals.parse_number(run)) is not None}


def _jumbled() -> st.SearchStrategy[str]:
    """Pieces in any order, or in one that comes near to a sample."""
    numbers = ["37", "40", "3", "四十", "两", "三十七", "两三", "3.5", "-3", "37%"]
    drawn = ["", "抽查", "一共", "个里", "中", " checked ", " of ", "/", "分之", "大概"]
    said = ["", "合格", "不合格", "不太合格", "个不行", " ok", " failed", " not ok", "吧", "都合格", "，"]
    slots = (drawn, numbers, drawn, said, numbers, said, drawn, numbers + [""] * 20, said)
    near = st.tuples(*(st.sampled_from(slot) for slot in slots)).map("".join)
    return near | st.lists(st.sampled_from(typed_phrases.PIECES), min_size=1, max_size=14).map("".join)


@settings(max_examples=1000)
@given(_jumbled())
@example("40个都合格")
@example("四十分之三十七")
@example("抽查3个，5个不合格")
def test_the_counts_of_a_sample_both_stand_in_the_text_or_make_up_the_rest(text: str) -> None:
    counts = parse_sample(normalize(text))
    if counts is None:
        return
    numbers = _numbers_in(text)
    assert counts.sampled in numbers
    assert counts.conforming >= 0
    assert {counts.conforming, counts.sampled - counts.conforming} & (numbers | {0})
    assert not re.search("大概|不太|吧|？|几|半|%", text)


@settings(max_examples=400)
@given(st.text(max_size=60))
def test_no_text_breaks_the_parser_and_none_is_taken_for_a_sample_by_chance(text: str) -> None:
    find_meanings(text)
    counts = parse_sample(normalize(text))
    assert counts is None or counts.sampled in _numbers_in(text)
    number = numerals.parse_count(normalize(text))
    assert number is None or number >= 0


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_cleaned_text_can_be_written_and_stays_clean(text: str) -> None:
    kept = clean_text(text)
    kept.encode()
    assert clean_text(kept) == kept
    assert not set(kept) & set("\x00\x07\u202e\u200b\ud800")
