"""Files and folders are checked in one run, and what is wrong with one hides nothing of another."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.parsing.faults import MAX_FAULTS, Fault
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit, gbt, words_value


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def told(faults: Iterable[Fault]) -> set[tuple[str, int, str]]:
    return {(fault.path.name, fault.line, fault.code) for fault in faults}


def test_the_shipped_schemes_have_no_fault() -> None:
    assert check_paths([SHIPPED_SCHEMES]) == []
    assert Library.from_folders().locales(GBT) == ["en", "zh-Hans", "zh-Hant"]


def test_a_scheme_with_all_its_words_has_no_fault_however_it_is_reached(folder: Folder) -> None:
    assert check_paths([folder.path.parent, folder.path, folder.version, folder.words()]) == []


class TestFolders:
    def test_a_scheme_needs_a_version_and_words(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert told(check_paths([tmp_path])) == {("empty", 0, "no_version"), ("text", 0, "no_words")}

    def test_a_folder_without_schemes_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("nothing yet", encoding="utf-8")
        (tmp_path / ".git").mkdir()
        assert told(check_paths([tmp_path])) == {(tmp_path.name, 0, "no_scheme")}

    def test_a_path_that_is_not_there_says_so(self, tmp_path: Path) -> None:
        assert told(check_paths([tmp_path / "2.yaml"])) == {("2.yaml", 0, "no_file")}

    def test_names_that_nobody_would_read_are_told(self, folder: Folder) -> None:
        for name in ("1.yml", "v2.yaml", "text/en.yml", ".hidden.yaml", "notes.md"):
            (folder.path / name).write_text("a: b", encoding="utf-8")
        expected = {("1.yml", 0, "file_name"), ("v2.yaml", 0, "file_name"), ("en.yml", 0, "file_name")}
        assert told(check_paths([folder.path])) == expected
        assert told(check_paths([folder.path / "v2.yaml"])) == {("v2.yaml", 0, "file_name")}

    def test_schemes_that_lie_together_speak_the_same_languages(self, tmp_path: Path) -> None:
        Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: one"), "one", locales=("en", "zh-Hans"))
        two = Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: two"), "two", locales=("en",))
        (fault,) = check_paths([tmp_path])
        assert (fault.path, fault.code) == (two.words("zh-Hans"), "no_words")
        assert check_paths([two.path]) == []

    def test_an_id_that_is_taken_is_told_however_the_scheme_is_reached(self, folder: Folder) -> None:
        message = "a scheme of this id is there already; give yours an id of its own"
        for path in (folder.path.parent, folder.path, folder.version):
            (fault,) = check_paths([path], existing=SHIPPED_SCHEMES)
            assert (fault.path, fault.code, fault.message) == (folder.path, "twice", message)

    def test_a_scheme_does_not_take_its_own_id(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "link").symlink_to(SHIPPED_SCHEMES / GBT)
        monkeypatch.chdir(SHIPPED_SCHEMES / GBT)
        paths = [SHIPPED_SCHEMES, SHIPPED_SCHEMES / GBT, Path(os.curdir), Path("1.yaml"), tmp_path / "link"]
        assert check_paths(paths, existing=SHIPPED_SCHEMES) == []
        Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")
        assert check_paths([tmp_path / "own"], existing=SHIPPED_SCHEMES) == []

    def test_words_serve_every_version_of_their_scheme(self, folder: Folder) -> None:
        newer = SHIPPED_TEXT.replace("version: 1", "version: 2").replace("id: 5.3.1.5,", "id: 5.3.1.6,")
        newer += "changes: [{kind: renumbered, from: 5.3.1.5, to: 5.3.1.6, source: body}]\n"
        (folder.path / "2.yaml").write_text(newer, encoding="utf-8")
        (fault,) = check_paths([folder.path])
        assert fault.message == "the words of '5.3.1.6' are missing"
        words = words_value(gbt())
        words["indicators"]["5.3.1.6"] = words["indicators"]["5.3.1.5"]
        folder.write_words(words)
        assert check_paths([folder.path]) == []

    def test_a_relative_path_is_as_good(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder.path / "text")
        assert check_paths([Path("en.yaml"), Path("..") / "1.yaml", Path("..")]) == []
        monkeypatch.chdir(folder.path)
        assert check_paths([Path("1.yaml"), Path(os.curdir)]) == []


class TestOneRun:
    def test_a_wrong_form_of_one_file_hides_nothing_of_the_others(self, folder: Folder) -> None:
        (folder.path / "2.yaml").write_text("version: [", encoding="utf-8")
        edit(folder.version, "value: 25", "value: 24")
        folder.write_words(words_value(gbt(), "fr") | {"title": "x" * 61}, "fr")
        folder.write_words(words_value(gbt()) | {"untrue": " "})
        codes = {(fault.path.name, fault.code) for fault in check_paths([folder.path])}
        assert codes == {
            ("2.yaml", "yaml"),
            ("1.yaml", "sum"),
            ("1.yaml", "full_mark"),
            ("fr.yaml", "value"),
            ("en.yaml", "blank"),
        }

    def test_words_are_compared_with_a_structure_that_has_a_slip(self, folder: Folder) -> None:
        edit(folder.version, "effort: 2", "effort: two")
        edit(folder.version, "deletable: yes", "deletabel: yes")
        words = words_value(gbt())
        del words["indicators"]["5.3.2.2"]["sample"], words["grades"]["pass"]
        words["eligibility"]["record"]["question"] = "Is it good?"
        folder.write_words(words)
        codes = {(fault.path.name, fault.code) for fault in check_paths([folder.path])}
        assert codes == {
            ("1.yaml", "value"),
            ("1.yaml", "unknown_key"),
            ("en.yaml", "sample"),
            ("en.yaml", "missing_words"),
            ("en.yaml", "placeholder"),
        }

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("indicators:\n", "indicators: none\nrest:\n"),
            ("id: 5.1.1.1,", "id: [5.1.1.1],"),
            ("  kinds: [law, own_rules, trade, system]", "  kinds: law"),
            ("type: sampled", "type: samples"),
            ("settings: {months: {value: 3, source: standard}}", "settings: 3"),
            ("- {id: legal_status, consequence", "- [legal_status]\n  - {id: legal_status, consequence"),
        ],
    )
    def test_what_cannot_be_made_out_in_the_structure_is_not_held_against_the_words(
        self, folder: Folder, old: str, new: str
    ) -> None:
        edit(folder.version, old, new)
        assert {fault.path.name for fault in check_paths([folder.path])} == {"1.yaml"}

    def test_what_is_reached_twice_is_told_once(self, folder: Folder) -> None:
        edit(folder.version, "value: 25", "value: 24")
        once = check_paths([folder.path])
        assert len(once) == 2
        assert check_paths([folder.path, folder.version, folder.path.parent]) == once

    def test_of_very_many_faults_of_one_file_a_hundred_are_told(self, folder: Folder) -> None:
        words = words_value(gbt())
        for each in words["indicators"].values():
            each.update(title="T" * 41, question="q" * 301, reviewer="\t", pitfall=" ")
        folder.write_words(words)
        edit(folder.version, "at_least: 90", "at_least: 80")
        faults = check_paths([folder.path])
        assert [fault.path.name for fault in faults] == ["1.yaml"] + ["en.yaml"] * (MAX_FAULTS + 1)
        assert faults[-1].message == f"and {43 * 5 - MAX_FAULTS} more faults"
