"""A new scheme is right from the beginning, whatever it is begun from, and says what each of its keys is."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.authoring.placeholders import placeholder_text
from rubric.authoring.skeleton import (
    MAX_INDICATORS,
    copy_scheme,
    copy_text,
    new_scheme,
    skeleton_files,
)
from rubric.check.command import check_paths
from rubric.library.library import Library
from rubric.library.loading import load_scheme, load_text
from rubric.model.indicators import Indicator
from rubric.model.scheme import Scheme
from tests.rubric.authoring.test_json_schema import problems
from tests.rubric.builders import GBT, gbt, schemes

pytestmark = pytest.mark.slow

SCHEMES = Path(__file__).parents[2] / "schemes"


def written(root: Path, files: Mapping[str, str], name: str = "mine") -> Path:
    for file, text in files.items():
        path = root / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / name


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6, 7, 20, 99, MAX_INDICATORS])
def test_a_skeleton_of_any_size_has_no_fault(tmp_path: Path, number: int) -> None:
    scheme = new_scheme("mine", number)
    texts = [placeholder_text(scheme, locale) for locale in ("zh-Hans", "zh-Hant", "en", "pt-BR")]
    folder = written(tmp_path, skeleton_files(scheme, texts))
    assert check_paths([tmp_path]) == []
    assert len(load_scheme(folder / "1.yaml").indicators) == number


def test_an_editor_underlines_nothing_in_a_skeleton() -> None:
    scheme = new_scheme("mine", 6)
    files = skeleton_files(scheme, [placeholder_text(scheme, "zh-Hans")])
    assert problems("scheme", files["1.yaml"]) == []
    assert problems("text", files["text/zh-Hans.yaml"]) == []
    assert files["1.yaml"].startswith("# yaml-language-server: $schema=../schema/scheme.json\n")
    assert files["text/zh-Hans.yaml"].startswith("# yaml-language-server: $schema=../../schema/text.json\n")


def test_every_key_of_an_indicator_is_told_above_the_indicators() -> None:
    text = skeleton_files(new_scheme("mine", 3), [])["1.yaml"]
    above = text[text.index("# The scored clauses") : text.index("indicators:\n")]
    told = {line.removeprefix("#").split(":")[0].strip() for line in above.splitlines()}
    assert Indicator.model_fields.keys() - {"source"} <= told


def test_the_skeleton_shows_each_type_of_indicator() -> None:
    assert {each.type for each in new_scheme("mine", 3).indicators} == {"qualitative", "sampled", "computed"}


def test_one_that_is_like_the_shipped_scheme_says_the_same(tmp_path: Path) -> None:
    library, like = Library.from_folders(), copy_scheme(gbt(), "mine")
    texts = [copy_text(library, GBT, like, locale) for locale in ("en", "zh-Hans", "pt-BR")]
    folder = written(tmp_path, skeleton_files(like, texts))
    assert check_paths([folder]) == []
    assert load_scheme(folder / "1.yaml") == like
    assert load_text(folder / "text" / "en.yaml").indicators == library.text(GBT, "en").indicators


def test_one_may_be_like_a_scheme_with_overlays(tmp_path: Path) -> None:
    library, name = Library.from_folders([SCHEMES]), "everything+everything-more"
    like = copy_scheme(library.scheme(name), "mine")
    texts = [copy_text(library, name, like, locale) for locale in ("en", "zh-Hans")]
    written(tmp_path, skeleton_files(like, texts))
    assert check_paths([tmp_path]) == []
    assert "everything-more.2" in like.indicator_by_id


@settings(max_examples=30)
@given(scheme=schemes())
def test_whatever_a_scheme_says_is_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, scheme: Scheme
) -> None:
    folder = written(tmp_path_factory.mktemp("it"), skeleton_files(scheme, []), scheme.id)
    text = (folder / "1.yaml").read_text(encoding="utf-8")
    assert read_again(folder / "1.yaml") == scheme
    assert problems("scheme", text) == []


def read_again(file: Path) -> Scheme:
    """Without a look at whether its points add up, which drawn ones do not."""
    from rubric.parsing.document import read_document

    return Scheme.model_validate(read_document(file).value)


@pytest.mark.parametrize("id", ["a" * 64, "1", "0.0", "no", "5.1", "null", "1e5"])
def test_an_id_may_be_as_long_as_it_may_be_and_look_like_anything(tmp_path: Path, id: str) -> None:
    scheme = new_scheme(id, 4)
    written(tmp_path, skeleton_files(scheme, [placeholder_text(scheme, "en")]), id)
    assert check_paths([tmp_path]) == []


@given(st.sampled_from(["en", "zh-Hans", "zh-Hant"]))
def test_placeholders_name_what_they_stand_for(locale: str) -> None:
    text = placeholder_text(new_scheme("mine", 6), locale)
    assert "1.4" in text.indicators["1.4"].question
