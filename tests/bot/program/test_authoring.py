"""`xingping rubric new`, `schema` and `preview` on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import run
from bot.cli import cli
from rubric.authoring.schema import schema_files


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
