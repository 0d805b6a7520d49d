"""`xingping rubric new`, `schema` and `preview` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import run
from bot.commands.cli import cli
from bot.conversations.preview import plausible_figures
from rubric.authoring.json_schema import schema_files
from rubric.library.library import Library
from rubric.scoring.plausibility import check_plausibility


def xingping(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XINGPING_DATA_DIR", str(tmp_path / "data"))


def refused(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(list(arguments)) == 2
    (line,) = capsys.readouterr().err.splitlines()
    return line


class TestNew:
    def test_it_is_checked_without_a_fault_and_offered_at_once(self) -> None:
        made = xingping("rubric", "new", "mine/ours", "--indicators", "20")
        assert made.stdout.splitlines() == [
            "mine/ours/1.yaml",
            "mine/ours/text/en.yaml",
            "mine/ours/text/zh-Hans.yaml",
        ]
        assert "xingping rubric check mine" in made.stderr
        checked = xingping("rubric", "check", "mine")
        assert (checked.exit_code, checked.stdout) == (0, "")
        assert "ours" in xingping("rubric", "list", "--schemes", "mine").stdout

    def test_it_lies_beside_the_schemas_that_its_files_name(self) -> None:
        xingping("rubric", "new", "mine/ours")
        assert {file.name for file in Path("mine/schema").iterdir()} == schema_files().keys()

    def test_a_second_one_speaks_the_languages_of_the_first(self) -> None:
        xingping("rubric", "new", "mine/ours", "--lang", "pt-BR", "--lang", "en", "--lang", "en")
        second = xingping("rubric", "new", "mine/theirs", "--like", "gbt27922-2011")
        assert second.stdout.splitlines() == [
            "mine/theirs/1.yaml",
            "mine/theirs/text/en.yaml",
            "mine/theirs/text/pt-BR.yaml",
        ]
        assert xingping("rubric", "check", "mine").exit_code == 0

    def test_nothing_is_written_over(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("mine/ours").mkdir(parents=True)
        Path("mine/ours/1.yaml").write_text("precious", encoding="utf-8")
        said = refused("rubric", "new", "mine/ours", capsys=capsys)
        assert "is there already; nothing was written" in said
        assert [file.name for file in Path("mine").rglob("*")] == ["ours", "1.yaml"]
        assert Path("mine/ours/1.yaml").read_text(encoding="utf-8") == "precious"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["mine/Ours"], "'Ours' must be an id of a-z, 0-9"),
            (["mine/gbt27922-2011"], "a scheme 'gbt27922-2011' is there already; choose another id"),
            (["mine/bodies"], "'bodies' is kept for other files"),
            (["mine/schema"], "'schema' is kept for other files"),
            (["mine/ours", "--lang", "English"], "'English' must be a language code such as en"),
            (["mine/ours", "--lang", "../en"], "'../en' must be a language code such as en"),
            (["mine/ours", "--indicators", "0"], "0 is not in the range 1<=x<=100"),
            (["mine/ours", "--like", "gbt27922"], "did you mean 'gbt27922-2011'?"),
            (["mine/ours", "--like", "gbt27922-2011", "--indicators", "3"], "exclude each other"),
            (["file/ours"], "Not a directory"),
        ],
    )
    def test_what_cannot_be_begun_is_refused_in_a_line(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("file").write_text("", encoding="utf-8")
        assert said in refused("rubric", "new", *arguments, capsys=capsys)
        assert not Path("mine").exists()


class TestSchema:
    def test_older_schemas_are_replaced(self) -> None:
        Path("mine/schema").mkdir(parents=True)
        Path("mine/schema/scheme.json").write_text("{}", encoding="utf-8")
        assert xingping("rubric", "schema", "mine").exit_code == 0
        found = {file.name: file.read_text(encoding="utf-8") for file in Path("mine/schema").iterdir()}
        assert found == schema_files()


class TestPreview:
    def test_enter_alone_leads_to_the_grade_and_nothing_is_saved(self) -> None:
        xingping("rubric", "new", "mine/ours", "--indicators", "4")
        walked = xingping("rubric", "preview", "ours", "--schemes", "mine", "--lang", "en", given="\n" * 30)
        assert walked.exit_code == 0
        lines = [line for line in walked.stdout.splitlines() if line]
        assert lines[0] == "This is a preview: nothing is saved."
        assert "Provisional grade: Grade 5-star" in walked.stdout
        assert lines[-1] == "The preview is over; nothing was saved."
        assert [each.name for each in Path().iterdir()] == ["mine"]

    def test_it_begins_at_the_first_question_or_with_the_language(self) -> None:
        short = xingping("rubric", "preview", "cteas-2017", "--lang", "en", given="")
        assert "1.1 " in short.stdout
        whole = xingping("rubric", "preview", "cteas-2017", "--whole", given="\n" * 3)
        assert "1.1 " not in whole.stdout

    def test_a_scheme_is_walked_through_with_its_overlays(self) -> None:
        walked = xingping(
            "rubric", "preview", "gbt27922-2011+anhui-auto-parts", "--lang", "en", given="\n" * 80
        )
        assert "Parts in time" in walked.stdout
        assert walked.stdout.splitlines()[-1] == "The preview is over; nothing was saved."

    def test_an_author_may_answer_otherwise(self) -> None:
        xingping("rubric", "new", "mine/ours", "--indicators", "2", "--lang", "en")
        walked = xingping(
            "rubric", "preview", "ours", "--schemes", "mine", "--lang", "en", given="2\n1/4\n" + "\n" * 9
        )
        assert "Provisional grade: Grade fail" in walked.stdout
        assert "12.50" in walked.stdout

    def test_scripts_walk_in_json_lines(self) -> None:
        xingping("rubric", "new", "mine/ours", "--indicators", "2")
        presses = ["answer:met", "answer:met", "nav:next", "nav:next", "nav:submit", "nav:submit"]
        given = "".join(json.dumps({"press": each}) + "\n" for each in presses)
        walked = xingping(
            "rubric", "preview", "ours", "--schemes", "mine", "--jsonl", "--lang", "en", given=given
        )
        note, first, *_, last = map(json.loads, walked.stdout.splitlines())
        assert note == {"type": "note", "message": "This is a preview: nothing is saved."}
        assert first["indicator"] == "1.1"
        assert last["state"] == "grade"
        assert last["scorecard"]["scheme"] == "ours"

    def test_a_scheme_that_is_not_there_or_has_a_fault_is_refused(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "did you mean 'gbt27922-2011'?" in refused("rubric", "preview", "gbt27922", capsys=capsys)
        xingping("rubric", "new", "mine/ours")
        version = Path("mine/ours/1.yaml")
        version.write_text(
            version.read_text(encoding="utf-8").replace("effort: 2", "effort: 4", 1), encoding="utf-8"
        )
        said = refused("rubric", "preview", "ours", "--schemes", "mine", capsys=capsys)
        assert "1.yaml" in said
        assert "'effort' must be a whole number from 1 to 3; here: '4'" in said


@pytest.mark.parametrize("name", Library.from_folders().names())
def test_figures_filled_in_fit_together(name: str) -> None:
    scheme = Library.from_folders().scheme(name)
    assert check_plausibility(scheme.plausibility, plausible_figures(scheme)) == ()
