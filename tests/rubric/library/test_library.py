"""Which schemes there are, and what happens when one is asked for that is not."""

import hashlib
from pathlib import Path

import pytest

from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.library.preload import preload_added
from rubric.model.texts import nearest_locale
from rubric.parsing.faults import FaultsFoundError
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit, gbt, words_value

OWN = SHIPPED_TEXT.replace(f"id: {GBT}", "id: own")


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    return Folder(tmp_path, OWN, "own", locales=("en", "zh-Hans"))


def add_version(folder: Folder, version: str) -> None:
    text = OWN.replace("version: 1", f"version: {version}")
    (folder.path / f"{version}.yaml").write_text(text, encoding="utf-8")


def test_the_shipped_schemes_are_there_and_a_readers_own_beside_them(own: Folder) -> None:
    assert GBT in Library.from_folders().names()
    assert Library.from_folders([own.path.parent]).names() == sorted([*Library.from_folders().names(), "own"])


def test_the_newest_version_is_the_greatest_number_not_the_last_name(own: Folder) -> None:
    for version in ("2", "10", "9"):
        add_version(own, version)
    library = Library.from_folders([own.path.parent])
    assert library.scheme("own").version == "10"
    assert library.version("own", "1").version == "1"


def test_a_scheme_is_read_once(own: Folder) -> None:
    library = Library.from_folders([own.path.parent])
    first, words = library.scheme("own"), library.text("own", "en")
    own.version.unlink()
    own.words().unlink()
    assert library.version("own", "1") is first
    assert library.text("own", "en") is words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("owm", "'owm' is unknown; did you mean 'own'? Allowed here: "),
        ("own+extra", "'extra' is unknown"),
        ("", "'' is unknown; allowed here: "),
        ("../own", "'../own' is unknown; did you mean 'own'?"),
    ],
)
def test_an_unknown_scheme_is_a_lookup_error_with_a_sentence(own: Folder, name: str, said: str) -> None:
    with pytest.raises(LookupError) as found:
        Library.from_folders([own.path.parent]).scheme(name)
    assert str(found.value.args[0]).startswith(said)


def test_an_unknown_version_is_a_lookup_error_with_a_sentence(own: Folder) -> None:
    library = Library.from_folders([own.path.parent])
    for ask in (library.version, library.checksum):
        with pytest.raises(LookupError, match="there is no own@7"):
            ask("own", "7")
    with pytest.raises(LookupError, match="there is no zebra@1"):
        library.version("zebra", "1")
    with pytest.raises(LookupError, match="'zebra' is unknown"):
        library.text("zebra", "en")


def test_the_words_come_in_the_language_asked_for_or_in_the_first_there_is(own: Folder) -> None:
    library = Library.from_folders([own.path.parent])
    assert library.locales("own") == ["en", "zh-Hans"]
    assert library.text("own", "zh-Hans").locale == "zh-Hans"
    assert library.text("own", "fr").locale == "en"


def test_a_scheme_without_words_says_so(own: Folder) -> None:
    for locale in ("en", "zh-Hans"):
        own.words(locale).unlink()
    with pytest.raises(LookupError, match="own has no words in any language"):
        Library.from_folders([own.path.parent]).text("own", "en")


def test_an_id_that_is_taken_and_a_folder_that_is_not_there_are_both_told(tmp_path: Path) -> None:
    Folder(tmp_path)
    with pytest.raises(FaultsFoundError) as found:
        Library.from_folders([tmp_path, tmp_path / "none"])
    assert {(fault.path, fault.code) for fault in found.value.faults} == {
        (tmp_path / GBT, "twice"),
        (tmp_path / "none", "no_folder"),
    }


def test_files_that_are_no_versions_are_left_alone(own: Folder) -> None:
    for name in ("notes.yaml", "01.yaml", "0.yaml", "1.yaml.bak"):
        (own.path / name).write_text("a: b", encoding="utf-8")
    assert list(Library.from_folders([own.path.parent]).files["own"]) == ["1"]


def test_a_scheme_that_has_a_fault_is_not_loaded(own: Folder) -> None:
    edit(own.version, "value: 3, source: proposed}, effort", "value: 4, source: proposed}, effort")
    with pytest.raises(FaultsFoundError, match="add up to 7"):
        Library.from_folders([own.path.parent]).scheme("own")


def test_words_that_lack_something_are_not_loaded(own: Folder) -> None:
    words = words_value(gbt()) | {"scheme": "own"}
    del words["indicators"]["5.3.2.3"]
    own.write_words(words)
    library = Library.from_folders([own.path.parent])
    assert library.scheme("own").id == "own"
    with pytest.raises(FaultsFoundError, match=r"the words of '5\.3\.2\.3' are missing"):
        library.text("own", "en")


def test_the_own_schemes_can_be_read_at_once_and_the_shipped_ones_wait(own: Folder) -> None:
    add_version(own, "2")
    library = Library.from_folders([own.path.parent])
    preload_added(library)
    own.version.unlink()
    (own.path / "2.yaml").unlink()
    own.words("en").write_text("[")
    own.words("zh-Hans").unlink()
    assert [library.version("own", each).version for each in ("1", "2")] == ["1", "2"]
    assert [library.text("own", each).locale for each in ("en", "zh-Hans", "fr")] == ["en", "zh-Hans", "en"]
    assert {scheme_id for scheme_id, _ in library._schemes} == {"own"}


@pytest.mark.parametrize("fault", ["1.yaml", "text/zh-Hans.yaml", "2.yaml"])
def test_a_fault_in_any_file_of_the_own_schemes_is_found_at_once(own: Folder, fault: str) -> None:
    (own.path / fault).write_text("[")
    with pytest.raises(FaultsFoundError) as found:
        preload_added(Library.from_folders([own.path.parent]))
    assert [each.path for each in found.value.faults] == [own.path / fault]


def test_the_checksum_is_that_of_the_file() -> None:
    raw = (SHIPPED_SCHEMES / GBT / "1.yaml").read_bytes()
    assert Library.from_folders().checksum(GBT, "1") == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("asked", "shown"), [("zh-Hant", "zh-Hans"), ("en", "en"), ("fr", "en"), ("zh-Hans", "zh-Hans")]
)
def test_where_a_language_is_missing_the_same_in_another_script_is_shown(asked: str, shown: str) -> None:
    assert nearest_locale(asked, ["en", "zh-Hans"]) == shown
