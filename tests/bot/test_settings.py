"""Settings: from the environment or a file, each wrong one in a line that says what is allowed."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, describe, load_settings


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
        ("TIMEZONE", "", "allowed: a zone of the IANA list"),
        (
            "DATABASE_URL",
            "mysql://me:secret@here/db",
            "mysql://me:***@here/db' is not usable; allowed: sqlite",
        ),
        ("DATABASE_URL", "::", "allowed: sqlite:///FILE"),
        ("MAX_FILE_MB", "many", "'many' is not usable; allowed:"),
        ("MAX_FILE_MB", "0", "'0' is not usable; allowed: greater than or equal to 1"),
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
    told = {name: (value, source) for name, value, source in describe(load_settings())}
    assert told["XINGPING_LANGUAGE"] == ("en", ".env")
    assert told["XINGPING_TIMEZONE"] == ("Asia/Tokyo", "environment")
    assert told["XINGPING_MAX_FILE_MB"] == ("20", "default")
    assert told["XINGPING_DATABASE_URL"] == ("postgresql+psycopg://me:***@here/db", "environment")
    assert set(told) == {f"XINGPING_{name.upper()}" for name in Settings.model_fields}
