"""The words of overlays: what they replace, what they must have, and two of them over one scheme."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from rubric.check.command import check_paths
from rubric.library.library import Library
from rubric.overlays.texts import ComposedText, restore_text
from rubric.parsing.faults import FaultsFoundError
from tests.rubric.builders import GBT, item
from tests.rubric.overlays.test_compose import write

QUESTION = {
    "title": "Parts in time",
    "question": "Do parts come in time?",
    "reviewer": "Draws orders.",
    "evidence": ["Orders", "Receipts", "A rule"],
    "pitfall": "Some are left out.",
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path


def words(own: Path, name: str, locale: str = "en", **parts: Any) -> Path:
    """The words of an overlay in a file of their own."""
    folder = own / "overlays" / name / "text"
    folder.mkdir(exist_ok=True, parents=True)
    said = {"title": f"Overlay {name}", "short": name.upper(), "about": "What is different."}
    value = {"overlay": name, "locale": locale, "source": "proposed", **said, **parts}
    file = folder / f"{locale}.yaml"
    file.write_text(yaml.safe_dump(value, sort_keys=False), "utf-8")
    return file


def text(own: Path, name: str, locale: str = "en") -> ComposedText:
    found = Library.from_folders([own]).text(name, locale)
    assert isinstance(found, ComposedText)
    return found


def test_words_that_an_overlay_gives_replace_the_schemes_and_all_others_stay(own: Path) -> None:
    write(own, "a")
    words(own, "a", indicators={"5.1.1.1": {"question": "Is there a claims department?"}}, untrue="Beware.")
    found, base = text(own, f"{GBT}+a"), Library.from_folders().text(GBT, "en")
    assert found.indicators["5.1.1.1"].question == "Is there a claims department?"
    assert found.indicators["5.1.1.1"].evidence == base.indicators["5.1.1.1"].evidence
    assert (found.untrue, found.title) == ("Beware.", f"{base.title} + A")


def test_an_added_question_is_shown_by_the_short_name(own: Path) -> None:
    write(own, "a", add={"indicators": [item("a.1", "0", group="5.2.4")]})
    words(own, "a", indicators={"a.1": QUESTION})
    found = text(own, f"{GBT}+a")
    assert found.clause_label("a.1") == "A-1"
    assert found.clause_label("5.1.1.1") == "5.1.1.1"


def test_an_overlay_without_words_in_a_language_gives_those_it_has(own: Path) -> None:
    write(own, "a")
    words(own, "a", "en", untrue="Beware.")
    found = text(own, f"{GBT}+a", "zh-Hans")
    assert (found.locale, found.untrue) == ("zh-Hans", "Beware.")


def test_two_that_give_one_field_different_words_are_refused_with_both_places(own: Path) -> None:
    for name in "ab":
        write(own, name)
    first = words(own, "a", untrue="Beware.")
    words(own, "b", untrue="Take care.")
    with pytest.raises(FaultsFoundError) as caught:
        text(own, f"{GBT}+a+b")
    (fault,) = caught.value.faults
    assert (fault.code, f"{first}:" in fault.message) == ("conflict", True)


def test_the_same_words_twice_agree(own: Path) -> None:
    for name in "ab":
        write(own, name)
        words(own, name, untrue="Beware.")
    assert text(own, f"{GBT}+b+a").untrue == "Beware."


def test_composed_words_are_read_again_from_their_dump(own: Path) -> None:
    write(own, "a", add={"indicators": [item("a.1", "0", group="5.2.4")]})
    words(own, "a", indicators={"a.1": QUESTION})
    found = text(own, f"{GBT}+a")
    assert restore_text(found.model_dump(mode="json")) == found


@pytest.mark.parametrize(
    ("parts", "code", "said"),
    [
        ({"indicators": {"5.1.1.9": {"title": "x"}}}, "unknown_key", "'5.1.1.9' is unknown"),
        ({"indicators": {"a.1": {"title": "x"}}}, "missing", "'question' is missing; 'a.1' is new"),
        ({}, "missing_words", "the words of 'a.1' are missing"),
        ({"indicators": {"a.1": QUESTION | {"title": "x" * 41}}}, "too_long", "at most 40 fit"),
        ({"indicators": {"a.1": QUESTION | {"sample": "Draw 20."}}}, "sample", "is not sampled"),
        ({"indicators": {"a.1": QUESTION, "5.1.1.1": {"title": "{x}"}}}, "placeholder", "without { and }"),
        ({"indicators": {"a.1": QUESTION}, "groups": {"5.9": "x"}}, "unknown_key", "'5.9' is unknown"),
        ({"overlay": "b"}, "place", "lies in the folder 'a'"),
        ({"about": "x" * 201}, "value", "text of 1 to 200 characters"),
    ],
)
def test_what_is_wrong_with_the_words_is_told_in_their_file(
    own: Path, parts: Mapping[str, Any], code: str, said: str
) -> None:
    write(own, "a", add={"indicators": [item("a.1", "0", group="5.2.4")]})
    file = words(own, "a", **parts)
    told = check_paths([own])
    assert {fault.path for fault in told} == {file}
    assert any(fault.code == code and said in fault.message for fault in told), told


def test_an_overlay_without_words_or_a_scheme_is_told(own: Path) -> None:
    write(own, "a", over="nothing")
    assert sorted(fault.code for fault in check_paths([own])) == ["no_words", "unknown_scheme"]
