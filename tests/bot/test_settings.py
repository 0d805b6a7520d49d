"""Settings: from the environment or a file, each wrong one in a line that says what is allowed."""

from pathlib import Path

import pytest

from bot.settings import (
    Settings,
    SettingsError,
    data_folder,
    describe_settings,
    load_settings,
    mask_value,
    unknown_variables,
)
from bot.store import Store


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [each for each in os.environ if each.upper().startswith("XINGPING_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_nothing_need_be_set() -> None:
    settings = load_settings()
    assert settings.language == "zh-Hans"
    assert settings.database.startswith("sqlite:///")
    assert settings.timezone.key == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANGUAGE", "klingon", "'klingon' is not usable; allowed: zh-Hans, zh-Hant, en"),
        ("TIMEZONE", "Mars/Base", "'Mars/Base' is not usable; allowed: a zone of the IANA list"),
        ("TIMEZONE", "../../etc/passwd", "allowed: a zone of the IANA list"),
        (
            "DATABASE_URL",
            "mysql://me:secret@here/db",
            "mysql://me:***@here/db' is not usable; allowed: sqlite",
        ),
        ("DATABASE_URL", "::", "allowed: sqlite:///FILE"),
        ("DATABASE_URL", "mysql://me@here/db?password=secret", "mysql://me@here/db?password=***' is not"),
        ("DATABASE_URL", "postgresql:/me:secret@here/db", "'***' is not usable; allowed: sqlite"),
        ("DATABASE_URL", "postgresql://me:secret@here:port/db", "'postgresql://***' is not usable; allowed:"),
        ("DATABASE_URL", "postgresql://me:not@secret@here/db", "'postgresql://***' is not usable; allowed:"),
        ("DATABASE_URL", "garbage", "'garbage' is not usable; allowed: sqlite"),
        ("MAX_FILE_MB", "many", "'many' is not usable; allowed: a whole number from 1 to 1000"),
        ("MAX_FILE_MB", "0", "'0' is not usable; allowed: a whole number from 1 to 1000"),
        ("MAX_FILE_MB", "2.5", "'2.5' is not usable; allowed: a whole number from 1 to 1000"),
        ("SCHEMES_DIR", "/nowhere/at/all", "allowed: a folder that exists"),
    ],
)
def test_a_wrong_value_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"XINGPING_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = str(caught.value)
    assert line.startswith(f"XINGPING_{name}: ")
    assert said in line
    assert "\n" not in line
    assert "secret" not in line


def test_every_wrong_value_is_said_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINGPING_LANGUAGE", "x")
    monkeypatch.setenv("XINGPING_MAX_FILE_MB", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert len(str(caught.value).splitlines()) == 2


def test_each_setting_says_where_it_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("XINGPING_LANGUAGE=en\nXINGPING_TIMEZONE=Europe/Berlin\n")
    monkeypatch.setenv("XINGPING_TIMEZONE", "Asia/Tokyo")
    monkeypatch.setenv("XINGPING_DATABASE_URL", "postgresql+psycopg://me:secret@here/db")
    told = {name: (value, source) for name, value, source in describe_settings(load_settings())}
    assert told["XINGPING_LANGUAGE"] == ("en", ".env")
    assert told["XINGPING_TIMEZONE"] == ("Asia/Tokyo", "environment")
    assert told["XINGPING_MAX_FILE_MB"] == ("20", "default")
    assert told["XINGPING_SCHEMES_DIR"] == ("", "default")
    assert told["XINGPING_DATABASE_URL"] == ("postgresql+psycopg://me:***@here/db", "environment")
    assert set(told) == {f"XINGPING_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@here/db", "postgresql://me:***@here/db"),
        ("postgresql://me@here/db?password=secret&port=1", "postgresql://me@here/db?password=***&port=1"),
        ("postgresql://here/db?SSLPassword=secret", "postgresql://here/db?SSLPassword=***"),
        ("sqlite:////home/李/talk.db", "sqlite:////home/李/talk.db"),
    ],
)
def test_a_database_is_shown_without_its_passwords(url: str, shown: str) -> None:
    assert mask_value("database_url", url) == shown


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"XINGPING_{name.upper()}", "")
    assert load_settings() == expected
    assert {source for _, _, source in describe_settings(expected)} == {"default"}


def test_a_file_of_settings_in_another_encoding_is_said_so(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("XINGPING_DATA_DIR=数据".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("XINGPING LANGUAGE = en\n", [1]),
        ("# mine\n\n\nhunter2\n", [4]),
        ("export XINGPING_LANGUAGE\n", [1]),
        ("A=1\nXINGPING_LANGUAGE: en\n=5\nXINGPING_TIMEZONE='Asia\nB=2\n", [2, 3, 4]),
    ],
)
def test_a_line_of_the_file_that_says_nothing_is_named_by_its_number(
    tmp_path: Path, text: str, lines: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).splitlines() == [
        f".env: line {line} is not usable; allowed: NAME=VALUE, or a comment after #" for line in lines
    ]
    assert caplog.records == []


def test_broken_lines_hide_no_wrong_values(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("garbage\nXINGPING_LANGUAGE=x\n")
    with pytest.raises(SettingsError, match=r"^\.env: line 1 .*\nXINGPING_LANGUAGE: 'x' .*$"):
        load_settings()


def test_a_file_of_settings_may_have_comments_quotes_blank_lines_and_a_mark_in_front(tmp_path: Path) -> None:
    text = "\ufeffXINGPING_LANGUAGE=en\n\n# mine\nexport XINGPING_TIMEZONE = 'Asia/Tokyo' # far\nOTHER=\n"
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    settings = load_settings()
    assert (settings.language, settings.timezone.key) == ("en", "Asia/Tokyo")
    assert ("XINGPING_LANGUAGE", "en", ".env") in describe_settings(settings)


def test_a_folder_may_be_named_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XINGPING_DATA_DIR", "~/data")
    assert load_settings().data_dir == data_folder() == tmp_path / "data"


def test_a_home_that_nobody_knows_is_taken_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINGPING_DATA_DIR", "~nobody-of-that-name/data")
    assert load_settings().data_dir == Path("~nobody-of-that-name/data")


@pytest.mark.parametrize("name", ["plain", "数据 1", "what?", "50%25", "a#b"])
def test_a_data_folder_may_have_any_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("XINGPING_DATA_DIR", str(tmp_path / name))
    Store.open(load_settings().database).close()
    assert (tmp_path / name / "xingping.db").is_file()


def test_a_misspelt_variable_is_named_with_the_nearest_setting() -> None:
    given = {
        "XINGPING_DATABSE_URL": "x",
        "XINGPING_WHATEVER": "y",
        "XINGPING_COMMAND": "make run",
        "PATH": "",
    }
    assert unknown_variables(given) == {
        "XINGPING_DATABSE_URL": "XINGPING_DATABASE_URL",
        "XINGPING_WHATEVER": "",
    }
