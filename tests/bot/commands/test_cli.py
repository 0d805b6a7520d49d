"""The command line as people and scripts meet it: what comes out, what goes to stderr, and the exit status."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest
from rich.cells import cell_len

from bot.__main__ import run as run_here
from rubric.layout import SHIPPED_SCHEMES
from tests.bot.commands.child_process import PROGRAM, environment, json_chat
from tests.bot.commands.child_process import run as run_child
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit

pytestmark = pytest.mark.slow

SHEET = """
scheme: gbt27922-2011
profile: {staff: 300, outlets: 300, service_managers: 26, certified_managers: 2}
answers:
  "5.1.1.1": met
  "5.1.1.2": {sampled: 40, conforming: 37}
  "5.2.6.2": {na: "no goods that must be recovered"}
  "5.3.1.2": unmet
special_deductions: [{kind: law, note: "fined in May"}]
bonus: {note: "ten-year warranty"}
"""
COMMANDS = [
    [],
    ["chat"],
    ["grade"],
    ["rubric"],
    ["rubric", "list"],
    ["rubric", "show"],
    ["rubric", "check"],
    ["rubric", "new"],
    ["rubric", "preview"],
    ["rubric", "schema"],
    ["doctor"],
    ["db"],
    ["db", "upgrade"],
    ["db", "info"],
]


@dataclass
class Ended:
    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    """Runs the program here and now; a child process for each of these would take a minute."""

    def run(*arguments, **changes):
        for name in [name for name in os.environ if name.startswith("XINGPING_")]:
            monkeypatch.delenv(name)
        for name, value in environment(tmp_path, **changes).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        return Ended(run_here(arguments), *capfdbinary.readouterr())

    return run


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "sheet.yaml"
    path.write_text(SHEET, encoding="utf-8")
    return path


def lines_of(ended):
    return ended.stdout.decode().splitlines()


def assert_refused(ended, *words):
    """Exit status 2, nothing on stdout, and no more than lines that say why."""
    said = ended.stderr.decode()
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert "Traceback" not in said
    for word in words:
        assert word in said
    return said.splitlines()


def test_the_version_is_one_line(tmp_path):
    ended = run_child(tmp_path, "--version")
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"xingping ")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(run, command):
    ended = run(*command, "--help")
    assert ended.returncode == 0
    assert "Example" in ended.stdout.decode()
    assert ended.stderr == b""


def test_without_a_command_the_help_is_shown(run):
    ended = run()
    assert ended.returncode == 0
    assert b"Commands:" in ended.stdout


def test_grade_prints_the_object_of_the_interface(run, sheet):
    ended = run("grade", "sheet.yaml", "--json", "--all", "met")
    card = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (card["score"], card["grade"], card["grade_label"]) == ("96.02", "5-star", "五星级")
    assert card["warnings"] == ["staff 300 for 300 outlets is implausible"]


@pytest.mark.parametrize(
    ("lang", "word"), [("zh-Hans", "五星级"), ("zh-Hant", "五星級"), ("en", "Five-star")]
)
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_grade_is_readable_in_every_language_at_any_width(run, sheet, lang, word, columns):
    ended = run("grade", "sheet.yaml", "--all", "met", "--lang", lang, COLUMNS=str(columns))
    text = ended.stdout.decode()
    assert word in text
    assert "5.3.2.3" in text
    assert "\x1b[" not in text
    assert max(cell_len(line) for line in text.splitlines()) <= columns


def test_a_bad_sheet_is_told_fault_by_fault_and_not_graded(run, sheet):
    bad = SHEET.replace("conforming: 37", "conforming: 41").replace("kind: law", "kind: lwa")
    sheet.write_text(bad, encoding="utf-8")
    lines = assert_refused(run("grade", "sheet.yaml", "--json"))
    assert lines[0] == 'sheet.yaml: answers."5.1.1.2".conforming: 41 is more than sampled (40)'
    assert len(lines) == 2


def test_faults_of_form_and_content_and_of_an_unknown_scheme_come_in_one_run(run, sheet):
    doubled = SHEET.replace('"5.1.1.1": met', '"5.1.1.1": met\n  "5.1.1.1": met')
    bad = doubled.replace("gbt27922-2011", "gbt27922").replace("conforming: 37", "conforming: 41")
    sheet.write_text(bad, encoding="utf-8")
    assert assert_refused(run("grade", "sheet.yaml")) == [
        "sheet.yaml: answers.\"5.1.1.1\": '5.1.1.1' stands twice here; keep one (line 6)",
        "sheet.yaml: scheme: 'gbt27922' is unknown; did you mean 'gbt27922-2011'? "
        "Allowed here: cteas-2017, gbt27922-2011",
        'sheet.yaml: answers."5.1.1.2".conforming: 41 is more than sampled (40)',
    ]


HOSTILE = "\u202e\u2066\x1b[31m\x07\n"


def test_a_hostile_file_name_cannot_reach_the_terminal(run, tmp_path):
    for name, content in ((f"a{HOSTILE}.yaml", "scheme: x"), (f"b{HOSTILE}.yaml", "[")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        shown = f"{name[0]}\\u202e\\u2066\\x1b[31m\\x07\\n.yaml"
        (line,) = assert_refused(run("grade", name), shown)
        assert line.isprintable()
        told = run("rubric", "check", name).stdout.decode().splitlines()
        assert shown in told[0]
        assert all(line.isprintable() for line in told)
    (line,) = assert_refused(run("grade", f"c{HOSTILE}.yaml"), "c\\u202e")
    assert line.isprintable()


@pytest.mark.parametrize("columns", [40, 120])
def test_a_reason_that_turns_the_direction_cannot_reach_the_terminal(run, sheet, columns):
    turning = SHEET.replace("no goods that", r"no \u202e\u2066\u200fgoods that")
    sheet.write_text(turning, encoding="utf-8")
    text = run("grade", "sheet.yaml", "--lang", "en", COLUMNS=str(columns)).stdout.decode()
    assert "no goods that" in " ".join(text.split())
    assert all(line.isprintable() for line in text.splitlines())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[", b"scheme: nothing", b"- a"])
def test_what_is_no_sheet_is_one_line(run, sheet, content):
    sheet.write_bytes(content)
    assert len(assert_refused(run("grade", "sheet.yaml"), "sheet.yaml")) == 1


CTEAS = """\
scheme: cteas-2017
profile: {staff: 800, outlets: 60, service_managers: 20, certified_managers: 2}
"""


@pytest.mark.parametrize(
    ("conforming", "score", "grade", "gap"),
    [
        (398, "96.99", "fail", "0.01"),
        (400, "97.00", "7-star", "0.50"),
        (499, "97.49", "7-star", "0.01"),
        (500, "97.50", "8-star", "0.50"),
        (600, "98.00", "9-star", "0.50"),
        (700, "98.50", "10-star", "0.50"),
        (800, "99.00", "11-star", "0.50"),
        (900, "99.50", "12-star", None),
        (1000, "100.00", "12-star", None),
    ],
)
def test_a_sheet_of_another_scheme_is_graded_by_its_own_cuts(run, sheet, conforming, score, grade, gap):
    answers = f'answers: {{"7.2": {{sampled: 1000, conforming: {conforming}}}}}\n'
    sheet.write_text(CTEAS + answers, encoding="utf-8")
    card = json.loads(run("grade", "sheet.yaml", "--all", "met", "--json").stdout)
    assert (card["scheme"], card["weights"], card["score"], card["grade"]) == (
        "cteas-2017",
        "proposed",
        score,
        grade,
    )
    assert (card["next_grade"] or {}).get("gap") == gap
    assert list(card["groups"]) == list("12345678")


def test_a_grade_says_whose_its_cuts_are(run, sheet):
    sheet.write_text(CTEAS, encoding="utf-8")
    assert b"still to be verified: Seven-star" in run("grade", "sheet.yaml", "--lang", "en").stdout
    sheet.write_text(SHEET, encoding="utf-8")
    assert b"still to be verified" not in run("grade", "sheet.yaml", "--lang", "en").stdout


def test_a_sheet_that_is_not_there_is_one_line(run):
    assert len(assert_refused(run("grade", "nothing.yaml"), "nothing.yaml")) == 1


def test_the_schemes_are_listed(run):
    assert [line.split()[:4] for line in lines_of(run("rubric", "list"))] == [
        ["cteas-2017", "1", "proposed", "36"],
        ["gbt27922-2011", "1", "proposed", "43"],
    ]


def test_the_schemes_are_listed_for_scripts(run):
    first, second = json.loads(run("rubric", "list", "--json").stdout)
    assert first["id"] == "cteas-2017"
    assert second == {
        "id": "gbt27922-2011",
        "version": "1",
        "weights": "proposed",
        "indicators": 43,
        "title": "商品售后服务评价体系",
    }


def test_a_scheme_is_shown_as_the_object_of_the_interface(run):
    shown = json.loads(run("rubric", "show", "gbt27922-2011", "--json").stdout)
    assert list(shown) == [
        "id",
        "version",
        "weights",
        "indicators",
        "grades",
        "special_deductions",
        "bonus",
    ]
    computed = next(one for one in shown["indicators"] if one["type"] == "computed")
    assert computed["requires"] == {
        "base": "service_managers",
        "percent": "10",
        "minimum": 1,
        "have": "certified_managers",
    }
    assert shown["indicators"][0]["text"].keys() == {"zh-Hans", "zh-Hant", "en"}
    assert shown["grades"][0] == {"grade": "pass", "at_least": "70", "label": "达标级"}
    assert shown["special_deductions"] == {"each": "1", "fail_at": 5}
    assert shown["bonus"] == {"points": "1", "at_most": 1}
    assert sum(int(one["points"]) for one in shown["indicators"]) == 100


def test_a_scheme_is_shown_as_a_table(run):
    text = run("rubric", "show", "gbt27922-2011", "--lang", "en").stdout.decode()
    assert "5.3.2.3" in text
    assert "Four-star: from 90" in text


def test_an_unknown_scheme_is_one_line_with_those_there_are(run):
    assert len(assert_refused(run("rubric", "show", "gbt27922"), "gbt27922-2011")) == 1


def test_check_finds_nothing_in_the_schemes_shipped(run):
    assert run("rubric", "check", str(SHIPPED_SCHEMES)).returncode == 0


def test_check_lists_faults_with_their_lines_and_exits_with_1(run, tmp_path):
    folder = tmp_path / "schemes" / "own"
    folder.mkdir(parents=True)
    (folder / "1.yaml").write_text("id: own\nversion: 1\nfigures: 3\n", encoding="utf-8")
    ended = run("rubric", "check", "schemes")
    assert ended.returncode == 1
    assert "schemes/own/1.yaml:3:" in ended.stdout.decode()


def test_check_refuses_what_schemes_refuses_for_its_id(run, tmp_path):
    copytree(SHIPPED_SCHEMES, tmp_path / "mine")
    refused = assert_refused(run("rubric", "list", "--schemes", "mine"))
    checked = run("rubric", "check", "mine")
    assert (checked.returncode, lines_of(checked)) == (1, refused)
    assert "default.yaml: twice: a certification body of this id is there already" in refused[1]
    kinds = {"a scheme", "an overlay", "a crosswalk", "a certification body"}
    assert kinds == {line.partition("twice: ")[2].partition(" of this id")[0] for line in refused}
    for name in ("cteas-2017", "gbt27922-2011"):
        assert any(f"{name}: twice: a scheme of this id is there already" in line for line in refused)


def test_the_bodies_are_listed_apart_from_the_schemes(run):
    assert lines_of(run("rubric", "list", "--bodies", "--lang", "en")) == [
        "cteas  6  14  CTEAS certification (as is usual)",
        "default  7  21  As is usual (no body named)",
    ]
    assert not any(each.startswith("default") for each in lines_of(run("rubric", "list")))


@pytest.fixture
def own(tmp_path):
    """A scheme of one's own in the folder `mine`, right but for what a test does to it."""
    return Folder(tmp_path / "mine", SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")


@pytest.mark.parametrize(
    "command", [["chat", "--jsonl"], ["grade", "sheet.yaml"], ["rubric", "show", GBT]], ids=" ".join
)
@pytest.mark.parametrize("broken", ["value: 25", "effort: 2", "words", "no words"])
def test_a_faulty_scheme_of_ones_own_is_refused_at_the_start(run, own, sheet, command, broken):
    if broken == "words":
        own.words().write_text("scheme: own\n" * 2, encoding="utf-8")
    elif broken == "no words":
        own.words().unlink()
    else:
        edit(own.version, broken, "kind: 24")
        edit(own.words(), "title: An indicator", "title: ''")
    refused = assert_refused(run(*command, "--schemes", "mine"), "mine/own/")
    assert refused == lines_of(run("rubric", "check", "mine/own"))
    assert refused == assert_refused(run(*command, XINGPING_SCHEMES_DIR="mine"))


def test_a_scheme_of_ones_own_that_breaks_in_the_middle_of_a_talk_does_not_end_it(tmp_path, own):
    with json_chat(tmp_path, "--lang", "en", "--schemes", "mine") as talk:
        talk.press("lang:en")
        own.words().write_text("[", encoding="utf-8")
        own.version.unlink()
        talk.walk(lambda screen: screen["state"] == "scheme")
        talk.press("scheme:own")
        talk.walk(lambda screen: screen["indicator"] == "5.1.1.1")
        assert talk.press("answer:met")["indicator"] == "5.1.1.2"


def test_schemes_of_ones_own_are_added(run, tmp_path):
    (tmp_path / "mine").mkdir()
    assert run("rubric", "list", "--schemes", "mine").returncode == 0
    assert_refused(run("rubric", "list", "--schemes", "nothing"), "nothing")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], ["nothing"]),
        (["chat", "--lang", "xx"], ["zh-Hans", "zh-Hant", "en"]),
        (["chat", "--now", "2026-02-30"], ["2026-02-30", "ISO 8601"]),
        (["chat", "--now", "yesterday", "--jsonl"], ["ISO 8601"]),
        (["chat", "--as", ""], ["1 to 64"]),
        (["chat", "--as", "x" * 65], ["1 to 64"]),
        (["chat", "--as", "a\tb"], ["printable"]),
        (["chat", "--db", "mysql://localhost/x"], ["sqlite"]),
        (["chat", "--db", "garbage"], ["sqlite"]),
        (["chat", "--db", "sqlite:////proc/none/x.db"], ["/proc/none"]),
        (["chat", "--replay", "nothing.yaml"], ["nothing.yaml"]),
        (["chat", "--record", "no/such/folder/x.yaml"], ["no/such/folder"]),
        (["db", "info", "--db", "garbage"], ["--db", "'garbage'", "sqlite:///FILE"]),
        (["chat", "--db", ""], ["--db", "sqlite:///FILE"]),
        (["grade"], ["SHEET.yaml"]),
        (["grade", "--all", "maybe", "x"], ["met", "unmet"]),
    ],
)
def test_wrong_input_is_one_line_and_exit_status_2(run, arguments, words):
    assert len(assert_refused(run(*arguments), *words)) == 1


DATABASES_THAT_CANNOT_BE_USED = [
    ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ("sqlite+nope:///x.db", "sqlite+nope:///x.db"),
    ("sqlite:///x.db?timeout=abc", "sqlite:///x.db?timeout=abc"),
    ("sqlite:///x.db?mode=ro", "sqlite:///x.db?mode=ro"),
    ("sqlite:///x.db?foo=1", "sqlite:///x.db?foo=1"),
    ("sqlite:///x.db?", "sqlite:///x.db?"),
    ("sqlite://", "sqlite://"),
    ("sqlite:///:memory:", "sqlite:///:memory:"),
    ("sqlite://me:secret@here/x.db", "sqlite://me:***@here/x.db"),
    ("postgresql+asyncpg://me:secret@here/x", "postgresql+asyncpg://me:***@here/x"),
    ("postgresql://me:secret@here/x?colour=red", "postgresql://me:***@here/x?colour=red"),
    ("postgresql://me:secret@here/x?connect_timeout=abc", "postgresql://me:***@here/x?connect_timeout=abc"),
    ("postgresql://me:not@secret@here/x", "postgresql://***"),
]


@pytest.mark.parametrize(("url", "shown"), DATABASES_THAT_CANNOT_BE_USED)
@pytest.mark.parametrize(
    "command", [["chat", "--jsonl"], ["db", "info"], ["db", "upgrade"], ["serve"], ["worker"]], ids=" ".join
)
def test_a_database_that_cannot_be_used_is_one_line_that_names_where_it_was_set(run, url, shown, command):
    fault = f"{shown!r} is not usable; allowed: sqlite:///FILE or postgresql+psycopg://"
    token = {"XINGPING_TELEGRAM_TOKEN": "1:abcdefghijklmnopqrstuvwxyzABCDEFGHI"}
    (line,) = assert_refused(run(*command, "--db", url, **token), f"--db: {fault}")
    assert "secret" not in line
    ended = run(*command, XINGPING_DATABASE_URL=url, **token)
    (line,) = assert_refused(ended, f"XINGPING_DATABASE_URL: {fault}")
    assert "secret" not in line


def test_a_name_that_is_not_utf8_is_refused(tmp_path):
    ended = subprocess.run(
        [*PROGRAM, "chat", "--as", b"\xff\xfe"],
        capture_output=True,
        cwd=tmp_path,
        env=environment(tmp_path),
        check=False,
        timeout=60,
    )
    assert_refused(ended, "printable")


def test_every_wrong_setting_is_a_line_of_its_own(run):
    ended = run("chat", XINGPING_LANGUAGE="xx", XINGPING_TIMEZONE="Mars/Base")
    lines = assert_refused(ended, "XINGPING_LANGUAGE", "XINGPING_TIMEZONE", "Mars/Base", "Asia/Shanghai")
    assert len(lines) == 2


def test_a_broken_line_in_the_file_of_settings_is_one_line_that_names_it(tmp_path):
    (tmp_path / ".env").write_text("XINGPING_TIMEZONE=Asia/Tokyo\nXINGPING LANGUAGE = x\n")
    (line,) = assert_refused(run_child(tmp_path, "chat"))
    assert line == "xingping: .env: line 2 is not usable; allowed: NAME=VALUE, or a comment after #"


def test_the_clock_without_an_offset_is_in_the_time_zone_of_the_settings(run):
    ended = run("chat", "--now", "2026-03-08T02:30", XINGPING_TIMEZONE="America/New_York")
    assert_refused(ended, "America/New_York")


def test_the_doctor_tells_every_setting_with_its_source(run):
    url = "postgresql+psycopg://me:secret@localhost:1/none"
    ended = run("doctor", XINGPING_DATABASE_URL=url)
    text = ended.stdout.decode()
    assert "XINGPING_LANGUAGE=zh-Hans  (default)" in text
    assert "XINGPING_DATA_DIR=" in text
    assert "(environment)" in text
    assert "secret" not in text + ended.stderr.decode()
    assert "FAILED  database" in text
    assert ended.returncode == 1


def test_the_doctor_finds_a_new_home_in_order_and_touches_nothing(run, tmp_path):
    ended = run("doctor")
    assert ended.returncode == 0
    assert b"ok      schemes: cteas-2017@1, gbt27922-2011@1" in ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_made_and_told_of(run, tmp_path):
    assert b"not there yet" in run("db", "info").stdout
    assert not (tmp_path / "data").exists()
    assert b"up to date" in run("db", "upgrade").stdout
    assert "contacts: 0" in lines_of(run("db", "info"))


def test_a_file_that_is_no_database_is_said_to_be_none(run, tmp_path):
    (tmp_path / "x.db").write_bytes(b"hello" * 100)
    assert_refused(run("chat", "--jsonl", "--db", f"sqlite:///{tmp_path}/x.db"), "no SQLite database")


@pytest.mark.parametrize("command", [["db", "info"], ["db", "upgrade"], ["chat", "--jsonl"]], ids=" ".join)
def test_a_database_that_lacks_tables_is_not_called_out_of_reach(run, tmp_path, command):
    run("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "data" / "xingping.db")) as db:
        db.execute("DROP TABLE inbox")
    ended = run(*command)
    (line,) = ended.stderr.decode().splitlines()
    assert ended.returncode == 2
    assert "lacks" in line
    assert "name another database" in line


def test_a_talk_in_chinese_is_told_in_chinese_why_nothing_was_saved(tmp_path):
    with json_chat(tmp_path) as talk:
        talk.press("lang:zh-Hans")
        with closing(sqlite3.connect(tmp_path / "data" / "xingping.db")) as db:
            db.execute("ALTER TABLE contacts RENAME TO people")
        talk.press("nav:next")
    (error,) = talk.errors
    assert error["message"] == "没有保存，请稍后再试一次；先前的答案都在。（数据库还没有为本程序准备好）"


def test_what_nobody_foresaw_is_one_line_and_the_traceback_lies_in_the_log(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import rubric\ndef fail(*_): raise RuntimeError('boom')\nrubric.score = fail\n"
    )
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), environment(tmp_path)["PYTHONPATH"]])
    lines = assert_refused(run_child(tmp_path, "grade", "sheet.yaml", PYTHONPATH=paths), "RuntimeError")
    log = tmp_path / "data" / "errors.log"
    assert str(log) in lines[0]
    assert len(lines) == 1
    assert "boom" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def shell(home, command):
    """Run a line of bash in which $XINGPING is the program."""
    variables = environment(home, XINGPING=" ".join(PROGRAM))
    del variables["XINGPING_DATA_DIR"]
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, cwd=home, env=variables, check=False, timeout=60
    )


@pytest.mark.parametrize(
    "command", ["$XINGPING rubric list >&-", "$XINGPING rubric list 2>&-", "$XINGPING chat <&-"]
)
def test_closed_streams_are_no_failure(tmp_path, command):
    ended = shell(tmp_path, command)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_output_that_cannot_be_written_is_one_line(tmp_path):
    ended = shell(tmp_path, "$XINGPING rubric list > /dev/full")
    assert (ended.returncode, ended.stderr) == (2, b"xingping: No space left on device\n")


def test_a_closed_pipe_is_no_failure(tmp_path, sheet):
    ended = shell(tmp_path, f"$XINGPING grade {sheet} --all met | head -1; exit ${{PIPESTATUS[0]}}")
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_recorded_talk_replays_and_a_changed_one_shows_the_difference(run, tmp_path):
    given = b'{"press":"lang:en"}\nwhat?\n{"press":"nav:next"}\nGalaxy Ltd.\n'
    run_child(
        tmp_path,
        "chat",
        "--jsonl",
        "--record",
        "talk.yaml",
        "--as",
        "li",
        "--now",
        "2026-03-02T20:00",
        given=given,
    )
    again = run("chat", "--replay", "talk.yaml")
    assert (again.returncode, again.stdout) == (0, b"5 steps, no difference\n")
    path = tmp_path / "talk.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Galaxy", "Comet", 1), encoding="utf-8")
    changed = run("chat", "--replay", "talk.yaml")
    assert changed.returncode == 1
    assert "Comet" in changed.stdout.decode()


def test_the_overlays_are_listed_with_the_scheme_that_they_are_over(run):
    lines = lines_of(run("rubric", "list", "--overlays", "--lang", "en"))
    assert "finance  1  gbt27922-2011  Banks, insurance and securities" in lines
    assert len(lines) >= 5
