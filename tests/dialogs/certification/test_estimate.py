"""What a certification will take, from the figures that a scheme asks for, whatever they are called there."""

from pathlib import Path

from rubric.library.library import Library
from tests.dialogs.player import FIGURES, NAME, Player, World
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder

RENAMED = {"staff": "couriers", "outlets": "stations"}


def asking(root: Path, text: str) -> Player:
    """Somebody who was asked this scheme's figures, at the estimate."""
    Folder(root, text.replace(f"id: {GBT}", "id: own"), "own", locales=("en", "zh-Hans", "zh-Hant"))
    li = World(Library.from_folders([root])).player("c1", "李明").agree().say(NAME)
    li.press("scheme:own", "nav:next", "nav:next", "nav:next")
    li.say(*(str(figure) for figure in FIGURES.values())).qualify()
    return li.say("/certification").press("estimate")


def renamed(text: str, counts: bool) -> str:
    for old, new in RENAMED.items():
        text = text.replace(f"id: {old},", f"id: {new}," + (f" counts: {old}," if counts else ""))
        for key in ("figure", "per", "limit", "base"):
            text = text.replace(f"{key}: {old},", f"{key}: {new},")
    return text


def test_a_figure_under_another_name_says_what_it_counts(tmp_path: Path) -> None:
    plain = asking(tmp_path / "plain", SHIPPED_TEXT).text
    assert asking(tmp_path / "other", renamed(SHIPPED_TEXT, counts=True)).text == plain
    assert "人日" in plain


def test_a_scheme_that_asks_for_no_staff_says_that_there_is_no_estimate(tmp_path: Path) -> None:
    li = asking(tmp_path, renamed(SHIPPED_TEXT, counts=False))
    assert li.says("estimate.not_asked")
    assert not li.says("estimate.hint")
