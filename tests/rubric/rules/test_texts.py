"""Wrong words, one fault each: incomplete, misplaced, unfit for a chat screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rubric.check.command import check_paths
from rubric.model.texts import IndicatorText
from rubric.rules.texts import LONGEST_SCREEN, screen_length
from tests.rubric.builders import GBT, Folder, gbt, line_of, words_value


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


Change = Callable[[dict[str, Any]], object]

LONG = "😀" * 400

WORDS: dict[str, tuple[Change, str, str, str]] = {
    "no words for a group": (
        lambda w: w["groups"].pop("5.2.3"),
        "groups:",
        "missing_words",
        "the words of '5.2.3' are missing",
    ),
    "no words for a grade": (
        lambda w: w["grades"].pop("4-star"),
        "grades:",
        "missing_words",
        "the words of '4-star' are missing",
    ),
    "no words for failing": (
        lambda w: w["grades"].pop("fail"),
        "grades:",
        "missing_words",
        "the words of 'fail' are missing",
    ),
    "no words for a question": (
        lambda w: w["eligibility"].pop("team"),
        "eligibility:",
        "missing_words",
        "the words of 'team' are missing",
    ),
    "no words for a figure": (
        lambda w: w["figures"].pop("staff"),
        "figures:",
        "missing_words",
        "the words of 'staff' are missing",
    ),
    "no words for a deduction": (
        lambda w: w["deductions"].pop("law"),
        "deductions:",
        "missing_words",
        "the words of 'law' are missing",
    ),
    "no words for an indicator": (
        lambda w: w["indicators"].pop("5.3.1.4"),
        "indicators:",
        "missing_words",
        "the words of '5.3.1.4' are missing",
    ),
    "words for nothing": (
        lambda w: w["figures"].update(stafff=w["figures"]["staff"]),
        "stafff:",
        "unknown_key",
        "'stafff' is unknown; did you mean 'staff'? Allowed here: "
        "staff, outlets, service_managers, certified_managers",
    ),
    "no sample where samples are drawn": (
        lambda w: w["indicators"]["5.3.2.2"].pop("sample"),
        "5.3.2.2:",
        "sample",
        "'sample' is missing: '5.3.2.2' is sampled; say what to draw, how many",
    ),
    "a sample where none is drawn": (
        lambda w: w["indicators"]["5.1.1.1"].update(sample="Draw a few"),
        "sample: Draw a few",
        "sample",
        "'5.1.1.1' is not sampled; only sampled indicators have this",
    ),
    "a placeholder for nothing": (
        lambda w: w["eligibility"]["record"].update(remedy="Wait {year} years"),
        "{year}",
        "placeholder",
        "'year' is unknown; did you mean 'years'? Allowed here: years",
    ),
    "a placeholder without a setting": (
        lambda w: w["eligibility"]["team"].update(why="{months}"),
        "why: '{months}'",
        "placeholder",
        "'months' is unknown; allowed here: nothing",
    ),
    "a setting that is not shown": (
        lambda w: w["eligibility"]["record"].update(question="Is it good?"),
        "record:",
        "placeholder",
        "the setting is not shown; write {years} where its figure goes",
    ),
    "a brace alone": (
        lambda w: w["eligibility"]["record"].update(why="In {years} or {so"),
        "or {so",
        "placeholder",
        "a brace stands alone; allowed: {name} with the name of a setting",
    ),
    "a placeholder elsewhere": (
        lambda w: w.update(untrue="After {months} months"),
        "untrue:",
        "placeholder",
        "nothing is filled in here; write the words without { and }",
    ),
    "a long title": (
        lambda w: w["indicators"]["5.1.1.1"].update(title="T" * 41),
        "TTT",
        "too_long",
        "41 characters; at most 40 fit a chat screen",
    ),
    "a long title of a question": (
        lambda w: w["eligibility"]["team"].update(title="T" * 41),
        "TTT",
        "too_long",
        "41 characters; at most 40 fit a chat screen",
    ),
    "a long question": (
        lambda w: w["indicators"]["5.1.1.1"].update(question="q" * 301),
        "qqq",
        "too_long",
        "301 characters; at most 300 fit a chat screen",
    ),
    "a long question about a figure": (
        lambda w: w["figures"]["staff"].update(question="q" * 301),
        "qqq",
        "too_long",
        "301 characters; at most 300 fit a chat screen",
    ),
    "a long question about the bonus": (
        lambda w: w["bonus"].update(question="q" * 301),
        "qqq",
        "too_long",
        "301 characters; at most 300 fit a chat screen",
    ),
    "a screen that does not fit": (
        lambda w: w["indicators"]["5.1.1.1"].update(
            dict.fromkeys(["reviewer", "pitfall"], LONG), evidence=[LONG] * 3
        ),
        "5.1.1.1:",
        "too_long",
        "4029 characters in all, as Telegram counts; fewer than 3500 fit a screen",
    ),
    "a text direction mark": (
        lambda w: w.update(about="a\u202eb"),
        "about:",
        "character",
        "the character U+202E cannot be seen; use printable text",
    ),
    "a tab": (
        lambda w: w["indicators"]["5.1.1.1"]["evidence"].__setitem__(1, "a\tb"),
        "a\\tb",
        "character",
        "the character U+0009 cannot be seen; use printable text",
    ),
    "only blanks": (
        lambda w: w["bonus"].update(hint="  "),
        "hint: '  '",
        "blank",
        "only blanks; say it in words",
    ),
    "another scheme's words": (
        lambda w: w.update(scheme="cteas-2017"),
        "cteas-2017",
        "place",
        f"'cteas-2017' lies in the folder '{GBT}'; the two must be the same",
    ),
    "another language's words": (
        lambda w: w.update(locale="fr"),
        "locale: fr",
        "place",
        "'fr' lies in en.yaml; the two must be the same",
    ),
}


@pytest.mark.parametrize(("change", "marker", "code", "said"), WORDS.values(), ids=WORDS)
def test_wrong_words_are_told_at_their_line(
    folder: Folder, change: Change, marker: str, code: str, said: str
) -> None:
    words = words_value(gbt())
    change(words)
    folder.write_words(words)
    (fault,) = check_paths([folder.path])
    assert (fault.path, fault.line) == (folder.words(), line_of(folder.words(), marker))
    assert (fault.code, fault.message) == (code, said)
    assert check_paths([folder.words()]) == [fault]


def test_a_line_break_and_joiners_of_letters_are_no_stray_characters(folder: Folder) -> None:
    folder.write_words(words_value(gbt()) | {"about": "one\ntwo می\u200cخواهم 👩\u200d🔧"})
    assert check_paths([folder.path]) == []


def test_a_title_of_40_and_a_question_of_300_characters_fit(folder: Folder) -> None:
    words = words_value(gbt())
    for section in ("indicators", "eligibility"):
        key = next(iter(words[section]))
        words[section][key].update(title="T" * 40, question="q" * 300)
    folder.write_words(words)
    assert check_paths([folder.path]) == []


def test_the_longest_words_of_one_script_always_fit_a_screen() -> None:
    longest = {"title": 40, "question": 300, "reviewer": 400, "pitfall": 400, "sample": 400}
    words = {field: "字" * length for field, length in longest.items()} | {"evidence": ["字" * 400] * 3}
    assert screen_length(IndicatorText.model_validate(words)) < LONGEST_SCREEN
