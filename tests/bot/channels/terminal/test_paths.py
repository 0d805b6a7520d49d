import pytest

from bot.channels.terminal.paths import find_missing_path, find_paths


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("licence.pdf", "our licence (2).pdf", "no", "5.2.3", "营业执照.jpg", "it's.txt"):
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "typed",
    [
        "licence.pdf",
        "./licence.pdf",
        "~/licence.pdf",
        "@licence.pdf",
        "@ licence.pdf",
        "'licence.pdf'",
        '"licence.pdf"',
        "  licence.pdf \n",
        "{folder}/licence.pdf",
        "@{folder}/licence.pdf",
        "file://{folder}/licence.pdf",
    ],
)
def test_a_path_to_a_file_is_found_however_it_is_written(folder, typed):
    (found,) = find_paths(typed.replace("{folder}", str(folder)))
    assert found.resolve() == folder / "licence.pdf"


@pytest.mark.parametrize(
    "typed",
    [
        "{folder}/our licence (2).pdf",
        "'{folder}/our licence (2).pdf'",
        r"{folder}/our\ licence\ \(2\).pdf",
        "file://{folder}/our%20licence%20(2).pdf",
        "@our licence (2).pdf",
    ],
)
def test_spaces_and_brackets_may_be_plain_quoted_or_escaped(folder, typed):
    (found,) = find_paths(typed.replace("{folder}", str(folder)))
    assert found.resolve() == folder / "our licence (2).pdf"


def test_several_files_dropped_at_once_are_several(folder):
    found = find_paths(f"'{folder}/licence.pdf' {folder}/营业执照.jpg")
    assert [path.name for path in found] == ["licence.pdf", "营业执照.jpg"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "typed",
    ["no", "5.2.3", "37/40", "n/a", "", " ", "it's fine", "'", '"', "@", "@no one", "~", "/", ".", "a\0b/"],
)
def test_ordinary_answers_are_text_even_where_files_have_such_names(typed):
    assert find_paths(typed) == []


@pytest.mark.usefixtures("folder")
def test_a_path_too_long_for_the_system_is_text():
    assert find_paths("/" + "长" * 5000) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("typed", ["@/nowhere/licence.pdf", "@~/nowhere.pdf", "@./licence.pdff"])
def test_a_marked_path_that_leads_nowhere_is_a_slip_and_no_answer(typed):
    assert find_missing_path(typed) == typed[1:]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("typed", ["@张三 负责", "37/40", "@licence.pdf", "/nowhere"])
def test_other_text_is_no_slip(typed):
    assert find_missing_path(typed) is None
