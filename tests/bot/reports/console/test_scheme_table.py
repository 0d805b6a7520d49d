"""A scheme as people read it in a terminal: all that it says, in lines that fit."""

from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.reports.console.scheme_list import list_headings, scheme_row, show_list
from bot.reports.console.scheme_rules import scheme_sections
from bot.reports.console.scheme_table import show_scheme
from dialogs.language.catalogue import LOCALES
from rubric.library.library import Library
from rubric.model.scheme import Scheme
from tests.rubric.builders import GBT, computed, item, scheme_of, words_value

LIBRARY = Library.from_folders()
SCHEMES = Path(__file__).parents[3] / "schemes"


def shown(name: str, locale: str, width: int = 80) -> str:
    out = Console(file=StringIO(), width=width)
    show_scheme(out, LIBRARY.scheme(name), LIBRARY.text(name, locale), locale)
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


@pytest.mark.parametrize("name", LIBRARY.names())
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_line_fits_in_every_language(name: str, locale: str, width: int) -> None:
    text = shown(name, locale, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "{" not in text


def test_it_says_who_may_apply_what_follows_the_certificate_and_who_says_so() -> None:
    said = " ".join(shown(GBT, "en").split())
    for part in (
        "Legal status (must be met): Is the company a registered legal person",
        "followed for at least 3 months?",
        "Service team (should be met)",
        "Licences and permits (must be met, or not needed in the trade)",
        "Certified managers, at least 10% of Service management staff, rounded up, and no fewer than 1",
        "no grade from 5 on: Breach of law",
        "1 more for a special strength, once",
        "Each opens 8, is due 10 and closes 12 months after the issue",
        "suspended at once, revoked after 6 months more",
        "Points: the standard 1, proposed 42",
    ):
        assert part in said


def lines_of(scheme: Scheme) -> str:
    from rubric.model.texts import SchemeText

    text = SchemeText.model_validate(words_value(scheme))
    return "\n".join(line for section in scheme_sections(scheme, text, "en") for line in section.lines)


def test_a_scheme_without_a_bonus_or_conditions_says_no_word_of_them() -> None:
    bonus = {"points": "1", "at_most": "0", "source": "proposed"}
    plain = lines_of(scheme_of([item("i1", 100)], bonus=bonus))
    assert "No bonus" in plain
    assert "Computed" not in plain
    assert "fewer earn nothing" in lines_of(scheme_of([computed("i1", 100, "none")]))


def test_conditions_are_told_in_words() -> None:
    scheme = Library.from_folders([SCHEMES]).scheme("everything")
    said = lines_of(scheme)
    for line in (
        "a.1.2.2: if a.1.2.1 is not N/A",
        "b.1: if A figure is at least 50",
        "b.2: if A figure is at least 10 and A figure is at most 500 or (b.0 is met",
        " or partly met and a.1.2.1 is N/A)",
    ):
        assert line in said


def test_the_list_has_a_heading_and_words_at_a_terminal_and_is_plain_in_a_pipe(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scheme, text = LIBRARY.scheme(GBT), LIBRARY.text(GBT, "zh-Hans")
    names = list_headings("zh-Hans", "id", "version", "weights", "indicators", "title")
    terminal = Console(file=StringIO(), width=80, force_terminal=True, color_system=None)
    show_list(terminal, names, [scheme_row(scheme, text, "zh-Hans")])
    assert isinstance(terminal.file, StringIO)
    head, line = terminal.file.getvalue().splitlines()
    assert head.split() == ["编号", "版本", "分值来源", "指标数", "名称"]
    assert line.split() == [GBT, "1", "建议值", "43", "商品售后服务评价体系"]
    show_list(Console(file=StringIO(), force_terminal=False), names, [scheme_row(scheme, text, None)])
    assert capsys.readouterr().out == f"{GBT}  1  proposed  43  商品售后服务评价体系\n"
