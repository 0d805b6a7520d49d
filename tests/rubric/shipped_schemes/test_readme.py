"""What the format's specification says is so."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

import rubric.model.bodies
import rubric.model.changes
import rubric.model.conditions
import rubric.model.fields
import rubric.model.grades
import rubric.model.indicators
import rubric.model.lifecycle
import rubric.model.profile
import rubric.model.scheme
import rubric.model.texts
import rubric.overlays.model
import rubric.overlays.texts
import rubric.scoring.crosswalk
from bot.commands.cli import cli
from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.model.fields import SchemePart, Source
from rubric.model.scheme import ComposedScheme, Scheme
from rubric.overlays.texts import ComposedText
from rubric.parsing.document import MAX_BYTES, MAX_LEVELS, MAX_VALUES, read_document
from rubric.sheets.reader import read_sheet
from tests.rubric.builders import edit, gbt
from tests.rubric.parsing.test_document import HOSTILE
from tests.rubric.rules.test_scheme import STRUCTURE
from tests.rubric.rules.test_texts import WORDS

README = (SHIPPED_SCHEMES / "README.md").read_text(encoding="utf-8")


def examples() -> Iterator[tuple[str, str]]:
    """Each YAML block with the file that its first line names."""
    for block in re.findall(r"^ *```yaml\n(.*?)^ *```", README, flags=re.MULTILINE | re.DOTALL):
        text = textwrap.dedent(block)
        yield text.splitlines()[0].removeprefix("# "), text


def models() -> list[type[BaseModel]]:
    modules = (
        rubric.model.fields,
        rubric.model.changes,
        rubric.model.conditions,
        rubric.model.lifecycle,
        rubric.model.profile,
        rubric.model.profile,
        rubric.model.indicators,
        rubric.model.grades,
        rubric.model.scheme,
        rubric.model.texts,
        rubric.model.bodies,
        rubric.overlays.model,
        rubric.overlays.texts,
        rubric.scoring.crosswalk,
    )
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    return [
        thing
        for thing in dict.fromkeys(found)
        if issubclass(thing, SchemePart) and thing not in (SchemePart, ComposedScheme, ComposedText)
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
    assert (MAX_BYTES, MAX_LEVELS, MAX_VALUES) == (1024**2, 20, 20_000)
    assert "at most 1 MiB, 20 levels and 20,000 values" in README


def test_every_part_of_a_version_file_that_is_shown_is_right(tmp_path: Path) -> None:
    shown: set[str] = set()
    for name, text in examples():
        if name in {"1.yaml", "2.yaml"}:
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
    assert Library.from_folders([tmp_path]).text("tiny", "en").title == "A tiny scheme"


def test_the_profile_is_whole_and_is_offered(tmp_path: Path) -> None:
    for name, text in examples():
        if name.startswith("bodies/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert check_paths([tmp_path]) == []
    library = Library.from_folders([tmp_path])
    assert library.bodies.for_scheme("gbt27922-2011")[0] == "our-body"
    assert library.bodies.text("our-body", "en").title == "Our Certification Ltd"


def test_every_stage_trade_and_purpose_of_a_profile_is_named() -> None:
    named = (
        *rubric.model.bodies.STAGE_ORDER,
        *rubric.model.bodies.TRADES,
        *get_args(rubric.model.bodies.DocumentPurpose),
    )
    assert [name for name in named if f"`{name}`" not in README] == []


def test_the_answer_sheet_is_graded(tmp_path: Path) -> None:
    (sheet,) = [text for name, text in examples() if name == "SHEET.yaml"]
    (tmp_path / "SHEET.yaml").write_text(sheet, encoding="utf-8")
    assert len(read_sheet(tmp_path / "SHEET.yaml", Library.from_folders())[1].answers) == 4


def test_no_example_is_of_a_file_that_nobody_reads() -> None:
    assert {name for name, _ in examples()} == {
        "1.yaml",
        "2.yaml",
        "bodies/our-body.yaml",
        "bodies/our-body/text/en.yaml",
        "SHEET.yaml",
        "crosswalks/tiny-gbt.yaml",
        "tiny/1.yaml",
        "tiny/text/en.yaml",
    }


def write_the_questions(words: Path) -> None:
    """What the third step asks for, as far as publishing looks for it."""
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("Ask here about", "Is all well with"), encoding="utf-8")


class TestTutorial:
    """The first page, followed to the letter."""

    page = README[README.index("## A scheme in an hour") : README.index("## The folder")]

    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("XINGPING_DATA_DIR", str(tmp_path / "data"))

    def test_every_command_does_what_it_says(self) -> None:
        commands = re.findall(r"^\$ xingping (.*)$", self.page, flags=re.MULTILINE)
        assert [command.split()[1] for command in commands] == ["new", "check", "preview", "show", "publish"]
        for command in commands:
            if "publish" in command:
                write_the_questions(Path("my-schemes/our-rules/text/en.yaml"))
            ended = CliRunner().invoke(cli, command.split(), input="\n" * 60)
            assert (ended.exit_code, "fault" in ended.stdout) == (0, False), command
        made = {str(file) for file in Path("my-schemes").rglob("*.yaml")}
        assert made == set(re.findall(r"^(my-schemes/\S+\.yaml) ", self.page, flags=re.MULTILINE))

    def test_the_faults_that_are_shown_are_those_of_such_slips(self) -> None:
        CliRunner().invoke(
            cli, ["rubric", "new", "my-schemes/our-rules", "--indicators", "20", "--lang", "en"]
        )
        version = Path("my-schemes/our-rules/1.yaml")
        edit(version, "qualitative, points: {value: 5", "qualitative, points: {value: 4")
        edit(version, "type: sampled", "type: sample")
        edit(version, 'id: "4.5"', 'id: "4.6"')
        said = CliRunner().invoke(cli, ["rubric", "check", "my-schemes/"]).stdout
        shown = re.findall(r"^(my-schemes/\S+\.yaml):\d+:\d+: (.*)$", self.page, flags=re.MULTILINE)
        assert len(shown) == 3
        for file, message in shown:
            assert re.search(rf"^{re.escape(file)}:\d+:\d+: {re.escape(message)}$", said, flags=re.MULTILINE)

    def test_the_lines_that_are_shown_are_right(self) -> None:
        (block,) = re.findall(r"^```text\n(groups:\n.*?)^```", self.page, flags=re.MULTILINE | re.DOTALL)
        Path("1.yaml").write_text(block, encoding="utf-8")
        value = read_document(Path("1.yaml")).value
        assert isinstance(value, dict)
        Scheme.model_validate(gbt().model_dump(mode="json", exclude_none=True) | value)


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", README, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", README)) <= anchors
