"""`xingping plan` and `xingping remind` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from bot.__main__ import run
from bot.commands.cli import cli

PLAN = ["plan", "--scheme", "gbt27922-2011", "--issued", "2026-03-01", "--today", "2026-11-23"]


def xingping(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_the_object_is_as_it_was_agreed() -> None:
    found = json.loads(xingping(*PLAN, "--json").output)
    assert list(found) == ["issued", "valid_until", "status", "milestones", "reminders"]
    assert (found["issued"], found["valid_until"], found["status"]) == ("2026-03-01", "2029-02-28", "due")
    assert found["milestones"][0] == {
        "id": "surveillance-1",
        "kind": "surveillance",
        "opens": "2026-11-01",
        "due": "2027-01-01",
        "closes": "2027-03-01",
        "done": None,
    }
    assert found["reminders"][0] == {"milestone": "surveillance-1", "stage": "opens", "on": "2026-11-01"}
    assert [one["id"] for one in found["milestones"]][-2:] == ["recertification", "expiry"]


def test_surveillances_really_done_are_told_one_by_one() -> None:
    found = json.loads(
        xingping(*PLAN, "--surveilled", "2026-11-20", "--surveilled", "2026-11-20", "--json").output
    )
    assert found["milestones"][0]["done"] == "2026-11-20"
    assert found["milestones"][1]["due"] == "2027-09-20"


def test_a_body_has_figures_of_its_own(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[3] / "rubric" / "schemes" / "bodies"
    text = (shipped / "default.yaml").read_text(encoding="utf-8")
    own = text.replace("id: default", "id: strict").replace(
        "lifecycle: {}", "lifecycle: {surveillance: {due_months: 9, source: body}}"
    )
    (tmp_path / "bodies" / "strict" / "text").mkdir(parents=True)
    (tmp_path / "bodies" / "strict.yaml").write_text(own, encoding="utf-8")
    words = (shipped / "default" / "text" / "en.yaml").read_text(encoding="utf-8")
    (tmp_path / "bodies" / "strict" / "text" / "en.yaml").write_text(
        words.replace("body: default", "body: strict"), encoding="utf-8"
    )
    done = xingping(*PLAN, "--body", "strict", "--schemes", str(tmp_path), "--json")
    assert json.loads(done.output)["milestones"][0]["due"] == "2026-12-01"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_people_read_a_picture_and_a_table(lang: str) -> None:
    text = xingping(*PLAN, "--lang", lang).output
    assert "2026-03" in text
    assert {"zh-Hans": "今天", "zh-Hant": "今天", "en": "today"}[lang] in text
    assert "2027-01-01" in text


def test_a_calendar_file_is_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    assert xingping(*PLAN, "--ics", str(file)).exit_code == 0
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 5


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            ["--surveilled", "2026-02-01"],
            "--surveilled 2026-02-01: it must not be before 2026-03-01, the issue",
        ),
        (["--surveilled", "2026-12-01"], "--surveilled 2026-12-01: it must not be after 2026-11-23, today"),
        (["--valid-until", "2026-03-01"], "--valid-until 2026-03-01: it must be after 2026-03-01, the issue"),
        (["--surveilled", "2026-02-30"], "'2026-02-30' is no date"),
        (["--body", "defualt"], "default"),
        (["--json", "--ics", "x.ics"], "give one of them"),
    ],
)
def test_what_cannot_be_so_is_one_line_and_status_2(
    more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*PLAN, *more]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert not shown.out


def test_an_unknown_scheme_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--scheme", "gbt27922", "--issued", "2026-03-01"]) == 2
    assert "gbt27922-2011" in capsys.readouterr().err


def test_remind_sends_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = f"sqlite:///{tmp_path / 'x.db'}"
    assert run(["remind", "--db", database]) == 2
    assert "--dry-run" in capsys.readouterr().err
    assert run(["remind", "--db", database, "--dry-run", "--lang", "en"]) == 0
    assert "Nothing would go out." in capsys.readouterr().out
    assert run(["remind", "--db", database, "--dry-run", "--until", "yesterday"]) == 2


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh-Hans", "随时可能来"), ("zh-Hant", "隨時可能來"), ("en", "may come any time")],
)
@pytest.mark.parametrize("columns", ["60", "100"])
def test_a_surveillance_at_irregular_times_is_due_on_no_day(lang: str, said: str, columns: str) -> None:
    irregular = ["plan", "--scheme", "cteas-2017", "--issued", "2026-03-01", "--today", "2027-02-01"]
    shown = CliRunner(env={"COLUMNS": columns}).invoke(cli, [*irregular, "--lang", lang]).output
    assert said in shown
    assert "2027-01-01" not in shown
    found = json.loads(xingping(*irregular, "--json").output)["milestones"][0]
    assert list(found) == ["id", "kind", "opens", "due", "closes", "done"]
    assert (found["kind"], found["opens"], found["closes"]) == ("surveillance", "2026-06-01", "2027-03-01")


def test_the_calendar_file_says_that_nobody_announces_it(tmp_path: Path) -> None:
    irregular = ["plan", "--scheme", "cteas-2017", "--issued", "2026-03-01", "--today", "2026-11-23"]
    xingping(*irregular, "--lang", "en", "--ics", str(tmp_path / "c.ics"))
    events = Calendar.from_ical((tmp_path / "c.ics").read_bytes()).walk("VEVENT")
    told = {str(event["uid"]).partition("-03-01-")[2]: event for event in events}
    first = told["surveillance-1@xingping"]
    assert "may come any time" in str(first["summary"])
    assert "unannounced" in str(first["description"])
    assert "may come" not in str(told["recertification@xingping"]["summary"])
