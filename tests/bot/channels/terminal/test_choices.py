import pytest

from bot.channels.terminal.choices import find_pressed, first_navigation_row, make_choices
from dialogs.model.messages import Button, Screen


def screen(*rows, takes_number=False):
    buttons = tuple(tuple(Button(one, one) for one in row) for row in rows)
    return Screen("scoring.question", None, (), buttons, takes_number=takes_number)


def marks(given):
    return [[choice.mark for choice in row] for row in make_choices(given)]


def test_choices_are_numbered_on_through_the_rows():
    assert marks(screen(["a", "b"], ["nav:next"], ["c"])) == [["1", "2"], ["3"], ["4"]]


def test_choices_are_lettered_where_a_number_would_be_an_answer():
    assert marks(screen(["x", "y"], ["nav:next"], takes_number=True)) == [["a", "c"], ["d"]]


def test_letters_go_on_beyond_z():
    row = make_choices(screen([f"b{n}" for n in range(30)], takes_number=True))[0]
    assert [choice.mark for choice in row[15:19]] == ["x", "z", "aa", "ac"]


@pytest.mark.parametrize("takes_number", [False, True])
def test_what_leads_about_in_the_talk_has_its_letter_on_every_screen(takes_number):
    navigation = ["nav:back", "nav:undo", "nav:sections", "nav:review", "nav:menu", "nav:help", "nav:pause"]
    for own in ([], ["a"], [f"b{n}" for n in range(40)]):
        given = screen(own, navigation, takes_number=takes_number)
        assert marks(given)[-1] == ["b", "u", "s", "r", "m", "h", "p"]
        found = [mark for row in marks(given) for mark in row]
        assert len(set(found)) == len(found)


def test_no_choice_has_the_letter_of_yes_or_no():
    row = marks(screen([f"b{n}" for n in range(30)], takes_number=True))[0]
    assert not {"y", "n"} & set(row)


@pytest.mark.parametrize("typed", ["2", " 2 ", "２", "2\n"])
def test_a_number_presses_its_button_full_width_too(typed):
    button = find_pressed(make_choices(screen(["a", "b"])), typed)
    assert button is not None
    assert button.id == "b"


@pytest.mark.parametrize("typed", ["c", "C", "ｃ"])
def test_a_letter_presses_its_button_in_capitals_and_full_width_too(typed):
    button = find_pressed(make_choices(screen(["x", "y"], takes_number=True)), typed)
    assert button is not None
    assert button.id == "y"


@pytest.mark.parametrize("typed", ["", "3", "0", "12", "1 2", "一", "a", "5.1.1"])
def test_anything_else_presses_nothing(typed):
    assert find_pressed(make_choices(screen(["a", "b"])), typed) is None


def test_a_bare_number_is_never_a_button_where_it_is_an_answer():
    assert find_pressed(make_choices(screen(["a", "b"], takes_number=True)), "1") is None


def test_navigation_is_the_rows_at_the_end_that_only_lead_elsewhere():
    assert (
        first_navigation_row(screen(["answer:met"], ["nav:next", "guide"], ["nav:back"], ["nav:help"])) == 2
    )


def test_the_first_row_is_never_navigation():
    assert first_navigation_row(screen(["nav:next"], ["nav:back"])) == 1
