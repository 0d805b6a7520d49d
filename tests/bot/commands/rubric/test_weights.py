"""`xingping rubric weights`: from a table to an overlay that is graded under."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import cli
from rubric.check.command import check_paths
from tests.rubric.builders import GBT, gbt


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "points.csv"
    rows = [f"{one.id};{one.points.value}" for one in gbt().indicators]
    file.write_text("条款;分值\n" + "\n".join(rows), encoding="gb18030")
    return file


def test_a_table_becomes_an_overlay_under_which_nothing_is_proposed(table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("rubric", "weights", str(table), "--in", str(folder)).return_value == 0
    assert check_paths([folder]) == []
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(f"scheme: {GBT}+own-points\nprofile: {{service_managers: 9, certified_managers: 1}}\n")
    graded = run("grade", str(sheet), "--all", "met", "--json", "--schemes", str(folder))
    card = json.loads(graded.output)
    assert (card["scheme"], card["weights"], card["score"]) == (f"{GBT}+own-points", "overlay", "100.00")
    shown = run("grade", str(sheet), "--all", "met", "--schemes", str(folder), "--lang", "en")
    assert "proposed" not in shown.output


def test_a_slip_is_told_with_its_row_and_nothing_is_written(table: Path, tmp_path: Path) -> None:
    table.write_text(table.read_text("gb18030").replace("5.1.1.1;3", "5.1.1.1;4"), encoding="utf-8")
    done = run("rubric", "weights", str(table), "--in", str(tmp_path / "mine"))
    assert done.return_value == 2
    assert "the points in 5.1 add up to 41, and must to 40" in done.stderr
    assert not (tmp_path / "mine").exists()


def test_an_id_that_is_taken_or_impossible_is_refused(table: Path, tmp_path: Path) -> None:
    for name, said in (("anhui-auto-parts", "is there already"), ("Eigene", "must be an id of a-z")):
        done = run("rubric", "weights", str(table), "--id", name, "--in", str(tmp_path / "mine"))
        assert said in str(done.exception)


def test_a_second_run_writes_over_nothing(table: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    run("rubric", "weights", str(table), "--in", folder)
    done = run("rubric", "weights", str(table), "--in", folder)
    assert "already" in str(done.exception)
