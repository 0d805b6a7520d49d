from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reports import case_files
from bot.reports.answer_sheet import answer_sheet
from dialogs.model.dossier import Case
from dialogs.parsing.intents import clean_text
from rubric.library.library import Library
from rubric.model.answers import Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.scoring.score import score
from rubric.sheets.reader import read_sheet
from tests.rubric.scheme_versions import two_versions

LIBRARY = Library.from_folders()
SCHEME = LIBRARY.scheme("gbt27922-2011")
HOSTILE = [
    "no",
    "1.10",
    "~",
    "null",
    '"',
    "'",
    "a: b",
    "- x",
    "# no comment",
    "{a: 1}",
    "&a *a !!python/object:x",
    "一行\n两行\n\n三行: 'x'",
    "😀👨‍👩‍👧",
    "\u2028\x85\xa0",
    "100% “引号” 「好」\\n",
    "12:30",
    "---\n...",
    "<<",
    "|",
    " spaces ",
]


def case(**fields):
    return Case("c", "o", "gbt27922-2011", "1", "", datetime(2026, 3, 1, tzinfo=UTC), **fields)


def read_back(one, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "answers.yaml"
    path.write_text(answer_sheet(one, LIBRARY.pinned_scheme(one)), encoding="utf-8")
    return read_sheet(path, LIBRARY)


@pytest.mark.parametrize("note", HOSTILE)
def test_hostile_words_come_back_as_they_were_typed(note, tmp_path_factory):
    one = case(
        answers={"5.2.6.2": NotApplicable(note.strip() or "x"), "5.1.1.1": Met()},
        deductions={"a": SpecialDeduction("law", note), "b": SpecialDeduction("trade", "")},
        bonus={"": note},
    )
    _, sheet = read_back(one, tmp_path_factory)
    assert sheet == one.answer_sheet()


@given(note=st.text(max_size=200).map(clean_text))
@example(note="\ufffe")
def test_whatever_the_talk_can_keep_the_sheet_can_carry(note, tmp_path_factory):
    one = case(deductions={"a": SpecialDeduction("law", note)}, bonus={"": note})
    _, sheet = read_back(one, tmp_path_factory)
    assert sheet == one.answer_sheet() or "\ufffd" in str(sheet)


answers = st.fixed_dictionaries(
    {},
    optional={
        i.id: st.sampled_from(
            [Met(), Unmet()]
            + ([Sampled(40, 37), Sampled(3, 1)] if i.type.value == "sampled" else [])
            + ([NotApplicable("无此业务")] if i.deletable else [])
        )
        for i in SCHEME.indicators
        if i.requires is None
    },
)


@given(
    answers=answers,
    figures=st.fixed_dictionaries({}, optional={f.id: st.integers(0, 500) for f in SCHEME.figures}),
)
def test_the_sheet_of_a_case_gives_the_case_its_own_scorecard(answers, figures, tmp_path_factory):
    one = case(answers=answers, figures=figures)
    scheme, sheet = read_back(one, tmp_path_factory)
    assert score(scheme, sheet) == score(SCHEME, one.answer_sheet())


def test_an_empty_case_is_a_sheet_too(tmp_path_factory):
    scheme, sheet = read_back(case(), tmp_path_factory)
    assert score(scheme, sheet).exact == Fraction(0)


def test_the_sheet_names_its_version_once_there_is_a_newer_one(tmp_path: Path) -> None:
    library = two_versions(tmp_path)
    for version, named in (("1", "own@1"), ("2", "own")):
        case = Case(
            "k", "o", "own", version, library.checksum("own", version), datetime(2026, 3, 1, tzinfo=UTC)
        )
        sheet, _ = case_files(case, library, "en")
        assert yaml.safe_load(sheet.content)["scheme"] == named
