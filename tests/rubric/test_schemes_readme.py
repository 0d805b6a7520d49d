"""What the format's specification says is so."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import rubric.conditions
import rubric.model
import rubric.parts
import rubric.periods
import rubric.texts
from rubric.check import check_paths
from rubric.document import MOST_BYTES, MOST_LEVELS, MOST_VALUES, read_document
from rubric.library import SHIPPED, Library
from rubric.model import ComposedScheme, Scheme
from rubric.parts import Part, Source
from rubric.sheet_file import read_sheet
from tests.rubric.builders import gbt
from tests.rubric.test_check_structure import STRUCTURE
from tests.rubric.test_check_words import WORDS
from tests.rubric.test_document import HOSTILE

README = (SHIPPED / "README.md").read_text(encoding="utf-8")


def examples() -> Iterator[tuple[str, str]]:
    """Each YAML block with the file that its first line names."""
    for block in re.findall(r"^ *```yaml\n(.*?)^ *```", README, flags=re.MULTILINE | re.DOTALL):
        text = textwrap.dedent(block)
        yield text.splitlines()[0].removeprefix("# "), text


def models() -> list[type[BaseModel]]:
    modules = (rubric.parts, rubric.conditions, rubric.periods, rubric.model, rubric.texts)
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    return [
        thing
        for thing in dict.fromkeys(found)
        if issubclass(thing, Part) and thing not in (Part, ComposedScheme)
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_is_specified(model: type[BaseModel]) -> None:
    names = (field.alias or name for name, field in model.model_fields.items())
    assert [name for name in names if f"`{name}`" not in README] == []


def test_every_source_is_explained() -> None:
    assert all(f"| `{source}` |" in README for source in Source)


def test_every_fault_that_check_can_find_is_listed() -> None:
    structure, words, form = (
        {row[at] for row in table.values()} for table, at in ((STRUCTURE, 3), (WORDS, 2), (HOSTILE, 2))
    )
    listed = set(
        re.findall(r"`(\w+)`", README[README.index("| code |") : README.index("## An answer sheet")])
    )
    assert structure | words | form | {"gate"} <= listed


def test_the_caps_are_those_told() -> None:
    assert (MOST_BYTES, MOST_LEVELS, MOST_VALUES) == (1024**2, 20, 20_000)
    assert "at most 1 MiB, 20 levels and 20,000 values" in README


def test_every_part_of_a_version_file_that_is_shown_is_right(tmp_path: Path) -> None:
    shown: set[str] = set()
    for name, text in examples():
        if name == "1.yaml":
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            value = read_document(path).value
            assert isinstance(value, dict)
            Scheme.model_validate(gbt().model_dump(mode="json", exclude_none=True) | value)
            shown |= value.keys()
    assert shown == set(Scheme.model_fields) - {"id", "version"}


def test_the_smallest_scheme_is_whole(tmp_path: Path) -> None:
    for name, text in examples():
        if name.startswith("tiny/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert check_paths([tmp_path]) == []
    assert Library.of([tmp_path]).text("tiny", "en").title == "A tiny scheme"


def test_the_answer_sheet_is_graded(tmp_path: Path) -> None:
    (sheet,) = [text for name, text in examples() if name == "SHEET.yaml"]
    (tmp_path / "SHEET.yaml").write_text(sheet, encoding="utf-8")
    assert len(read_sheet(tmp_path / "SHEET.yaml", Library.of())[1].answers) == 4


def test_no_example_is_of_a_file_that_nobody_reads() -> None:
    assert {name for name, _ in examples()} == {
        "1.yaml",
        "SHEET.yaml",
        "crosswalks/tiny-gbt.yaml",
        "tiny/1.yaml",
        "tiny/text/en.yaml",
    }
