import pytest
from rich.cells import cell_len

from bot.channels.telegram.outbound.render import MOST_IN_A_ROW, WIDEST_ROW, render_replies
from dialogs.language.catalogue import LOCALES, Catalogue
from dialogs.model.messages import Block, Button, Screen

NAVIGATION = ("back", "undo", "sections", "review", "menu", "help", "pause")


def rows_of(*labels):
    row = tuple(Button(f"b{number}", label) for number, label in enumerate(labels))
    return [
        [label for label, _ in row] for row in render_replies([Screen("menu", None, (), (row,))]).keyboard
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_row_of_buttons_as_wide_as_its_widest_is_no_wider_than_a_phone(locale):
    words = Catalogue(locale)
    for row in rows_of(*(words(f"button.nav_{way}") for way in NAVIGATION)):
        assert len(row) <= MOST_IN_A_ROW
        assert len(row) * max(map(cell_len, row)) <= WIDEST_ROW


def test_a_long_label_makes_its_whole_row_shorter():
    assert rows_of("Back", "Undo", "Contents", "Review", "Menu") == [
        ["Back", "Undo", "Contents"],
        ["Review", "Menu"],
    ]


def test_a_label_too_long_for_any_row_has_one_of_its_own():
    assert rows_of("x" * 40, "Back") == [["x" * 40], ["Back"]]


def test_the_link_of_an_invitation_stands_below_its_code():
    blocks = (Block("notice", "Code: ABCDE-23456"), Block("question", "Invite?"))
    (text,) = render_replies(
        [Screen("invitation", None, blocks, (), invitation_code="ABCDE-23456", locale="en")], (), "bot"
    ).parts
    code, link, question = (text.index(part) for part in (": ABCDE-23456", "?start=ABCDE-23456", "Invite?"))
    assert code < link < question
    assert "opening it is enough" in text
