"""Published versions never change, and whoever changes one is told."""

from pathlib import Path

import pytest

from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.library.lock import lock_path, publish, read_lock, version_file
from rubric.library.preload import preload_added
from rubric.parsing.faults import FaultsFoundError
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")
    publish(tmp_path, ["own@1"])
    return folder


def codes(path: Path) -> list[tuple[str, str]]:
    return [(fault.path.name, fault.code) for fault in check_paths([path])]


def test_all_that_is_shipped_is_published_and_unchanged() -> None:
    files = [
        file
        for file in SHIPPED_SCHEMES.rglob("*.yaml")
        if file.stem.isdecimal() and file.parent.name != "text"
    ]
    names = read_lock(SHIPPED_SCHEMES)
    assert {version_file(SHIPPED_SCHEMES, name) for name in names} == set(files)
    assert publish(SHIPPED_SCHEMES, names) == []


def test_what_has_not_changed_is_no_fault_however_it_is_reached(own: Folder) -> None:
    for path in (own.path.parent, own.path, own.version):
        assert codes(path) == []


def test_a_change_is_told_however_it_is_reached(own: Folder) -> None:
    edit(own.version, "effort: 2", "effort: 3")
    for path in (own.path.parent, own.path, own.version):
        assert codes(path) == [("1.yaml", "published")]


def test_the_sentence_says_what_to_do(own: Folder) -> None:
    edit(own.version, "effort: 2", "effort: 3")
    (fault,) = check_paths([own.version])
    assert (
        fault.message == "own@1 is published and must not change; undo that, and change a copy named 2.yaml"
    )


def test_other_line_ends_and_other_words_are_no_change(own: Folder) -> None:
    own.version.write_bytes(own.version.read_bytes().replace(b"\n", b"\r\n"))
    edit(own.words(), "A scheme", "The scheme")
    assert codes(own.path.parent) == []


def test_a_file_that_is_gone_is_told(own: Folder) -> None:
    (own.path / "2.yaml").write_text(own.version.read_text().replace("version: 1", "version: 2"))
    own.version.unlink()
    assert ("1.yaml", "published") in codes(own.path.parent)


def test_publishing_again_what_has_changed_is_refused_and_nothing_is_written(own: Folder) -> None:
    lock = lock_path(own.path.parent)
    before = lock.read_bytes()
    edit(own.version, "effort: 2", "effort: 3")
    with pytest.raises(FaultsFoundError, match="must not change"):
        publish(own.path.parent, ["own@1"])
    assert lock.read_bytes() == before


@pytest.mark.parametrize("text", ["[", "- a\n", "own@1: a\nown@1: b\n", ""])
def test_a_lock_that_cannot_be_read_is_told(own: Folder, text: str) -> None:
    lock_path(own.path.parent).write_text(text)
    assert {name for name, _ in codes(own.path.parent)} == {"published.lock"}


def test_a_next_version_is_published_beside_the_first(own: Folder) -> None:
    (own.path / "2.yaml").write_text(own.version.read_text().replace("version: 1", "version: 2"))
    assert publish(own.path.parent, ["own@1", "own@2"]) == ["own@2"]
    assert set(read_lock(own.path.parent)) == {"own@1", "own@2"}


class TestADraftBesideWhatIsPublished:
    """A version that is being written concerns nobody until it is published."""

    @pytest.fixture(params=["right", "wrong", "no YAML"])
    def drafted(self, own: Folder, request: pytest.FixtureRequest) -> Folder:
        text = own.version.read_text("utf-8").replace("version: 1", "version: 2")
        text = text.replace("id: 5.1.1.1,", "id: 5.1.1.9,")
        broken = {"right": text, "wrong": text.replace("effort: 2", "effort: 9"), "no YAML": "id: [own"}
        (own.path / "2.yaml").write_text(broken[request.param], encoding="utf-8")
        more = "\n  5.1.1.9: {title: T, question: Q, reviewer: R, evidence: [a, b, c], pitfall: P}\n"
        edit(own.words(), "\nindicators:\n", f"\nindicators:{more}")
        return own

    def test_no_talk_sees_it(self, drafted: Folder) -> None:
        library = Library.from_folders([drafted.path.parent])
        preload_added(library)
        assert library.newest("own") == "1"
        assert "5.1.1.1" in library.text("own", "en").indicators

    def test_its_author_does(self, drafted: Folder) -> None:
        assert Library.from_folders([drafted.path.parent], drafts=True).newest("own") == "2"

    def test_from_its_publishing_on_everybody_does(self, drafted: Folder) -> None:
        publish(drafted.path.parent, ["own@2"])
        assert Library.from_folders([drafted.path.parent]).newest("own") == "2"


def test_while_nothing_of_a_scheme_is_published_its_highest_version_is_used(tmp_path: Path) -> None:
    folder = Folder(tmp_path, SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")
    (folder.path / "2.yaml").write_text(
        folder.version.read_text("utf-8").replace("version: 1", "version: 2"), "utf-8"
    )
    assert Library.from_folders([tmp_path]).newest("own") == "2"


def test_a_published_version_that_has_changed_is_not_used(own: Folder) -> None:
    edit(own.version, "effort: 2", "effort: 3")
    with pytest.raises(FaultsFoundError, match="own@1 is published and must not change"):
        preload_added(Library.from_folders([own.path.parent]))
