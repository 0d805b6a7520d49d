"""`xingping certificates import`: good rows kept, bad ones told, a second time nothing."""

import json
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.__main__ import run
from bot.commands.cli import cli
from bot.store import Store
from bot.store.schema import conversation_tables
from tests import migrated

pytestmark = pytest.mark.slow

ROWS = """企业名称,星级,证书编号,发证日期,监督审核日期
青岛海风电器有限公司,四星级,CTS-1,2026年3月1日,
星河电器有限公司,5-star,CTS-2,2025.6.1,2026-04-02；2026-05-03
坏公司,三星级,CTS-3,2026-02-30,
"""


def imported(file: Path, url: str, *more: str) -> Result:
    arguments = ["certificates", "import", str(file), "--as", "li", "--db", url, "--lang", "en", *more]
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def written(tmp_path: Path, text: str = ROWS, encoding: str = "utf-8") -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding=encoding)
    return file


def rows(url: str) -> int:
    store = Store.open(url)
    try:
        with store.transaction() as db:
            return len(db.execute(conversation_tables.answers.select()).all())
    finally:
        store.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_good_rows_are_kept_and_bad_ones_told_with_their_number(
    tmp_path: Path, url: str, encoding: str
) -> None:
    done = imported(written(tmp_path, encoding=encoding), url)
    assert done.return_value == 1
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in done.output
    assert "Row 4 (坏公司) was refused" in done.output


def test_a_second_time_changes_nothing(tmp_path: Path, url: str) -> None:
    file = written(tmp_path)
    imported(file, url)
    before = rows(url)
    assert "0 new, 0 changed, 2 unchanged, 1 refused" in imported(file, url).output
    assert rows(url) == before


def test_a_corrected_row_changes_what_differs(tmp_path: Path, url: str) -> None:
    imported(written(tmp_path), url)
    done = imported(written(tmp_path, ROWS.replace("2026年3月1日", "2026年3月2日")), url)
    assert "0 new, 1 changed, 1 unchanged, 1 refused" in done.output
    assert "2 March 2026" in done.output


def test_a_trial_keeps_nothing(tmp_path: Path) -> None:
    done = imported(written(tmp_path), f"sqlite:///{tmp_path / 'none.db'}", "--dry-run")
    assert "2 new" in done.output
    assert "nothing was saved" in done.output
    assert not (tmp_path / "none.db").exists()


def test_a_workbook_with_real_dates_is_read(tmp_path: Path, url: str) -> None:
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["organisation", "grade", "number", "issued"])
    sheet.append(["Seabreeze", "four-star", "CTS-9", datetime(2026, 3, 1)])  # noqa: DTZ001 - as Excel has it
    book.save(tmp_path / "rows.xlsx")
    assert "1 new, 0 changed, 0 unchanged, 0 refused" in imported(tmp_path / "rows.xlsx", url).output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.xlsx", b"PK\x03\x04 no book"),
        ("a.csv", bytes(range(256))),
    ],
)
def test_what_is_no_such_table_is_one_line_and_status_2(
    tmp_path: Path, url: str, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert run(["certificates", "import", str(tmp_path / name), "--as", "li", "--db", url]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("grade", ["12星", "十二星级", "12 stars", "★★★★★★★★★★★★"])
def test_a_certificate_of_many_stars_is_recorded_under_the_scheme_that_has_them(
    tmp_path: Path, url: str, grade: str
) -> None:
    table = f"企业名称,认证标准,星级,发证日期\n海风公司,CTEAS 1001-2017,{grade},2026-03-01\n"
    done = imported(written(tmp_path, table), url)
    assert "1 new, 0 changed, 0 unchanged, 0 refused" in done.output
    other = imported(written(tmp_path, table.replace("CTEAS 1001-2017", "GB/T 27922-2011")), url)
    assert "1 refused" in other.output


GOOD = [
    "青岛海风电器有限公司,四星级,CTS-1,2026年3月1日,",
    "青岛海风电器有限公司,五星级,CTS-7,2021-03-01,2021-12-20；2022-11-01",
    "星河电器有限公司,5-star,CTS-2,2025.6.1,2026-04-02；2026-05-03",
    "山雨公司,达标级,,1 Mar 2026,",
]
BAD = ["坏公司,三星级,CTS-3,2026-02-30,", ",三星级,CTS-4,2026-03-01,", "另一公司,九星级,CTS-5,2026-03-01,"]


def stored(url: str) -> set[tuple[str, str, str]]:
    """What stands in the database of each enterprise, apart from ids and the time of storing."""
    store = Store.open(url)
    try:
        with store.transaction() as db:
            answers, cases, names = (
                conversation_tables.answers,
                conversation_tables.cases,
                conversation_tables.organisations,
            )
            query = (
                select(names.c.name, answers.c.field, answers.c.value)
                .join(cases, answers.c.case_id == cases.c.id)
                .join(names, cases.c.organisation_id == names.c.id)
                .where(answers.c.field != "keeper")  # a contact's random id
            )
            return {(row.name, row.field, json.dumps(row.value, sort_keys=True)) for row in db.execute(query)}
    finally:
        store.close()


def in_order(tmp_path: Path, lines: Sequence[str]) -> set[tuple[str, str, str]]:
    """What is stored of these rows, and that a second time changes nothing."""
    url = migrated.copy_to(tmp_path / f"{uuid4().hex}.db")
    file = written(tmp_path, "\n".join([ROWS.splitlines()[0], *lines]) + "\n")
    imported(file, url)
    found, many = stored(url), rows(url)
    imported(file, url)
    assert (stored(url), rows(url)) == (found, many)
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """What is stored of the good rows alone, in their order."""
    return in_order(tmp_path_factory.mktemp("kept"), GOOD)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.permutations([*GOOD, *BAD]))
def test_the_order_of_rows_and_bad_ones_between_them_change_nothing(
    tmp_path: Path, kept: set[tuple[str, str, str]], lines: list[str]
) -> None:
    assert in_order(tmp_path, lines) == kept
