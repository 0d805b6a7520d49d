"""A hostile scheme costs a reader no more than the caps allow: what is counted is what is read, not seconds."""

from pathlib import Path
from typing import Any

import pytest

from rubric.check.command import check_paths
from rubric.parsing import document
from rubric.parsing.document import MAX_BYTES, MAX_VALUES
from rubric.parsing.faults import MAX_FAULTS
from tests.rubric.builders import Folder, edit
from tests.rubric.parsing.test_document import HOSTILE, LAUGHS

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def values_read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every value that was built of a file."""
    read: list[object] = []
    build = document._Reader._value

    def counted(self, event, events, where):
        read.append(where)
        return build(self, event, events, where)

    monkeypatch.setattr(document._Reader, "_value", counted)
    return read


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_scheme_is_refused_after_a_bounded_number_of_values(
    folder: Folder, values_read: list[object], name: str
) -> None:
    content: Any = HOSTILE[name][0]
    folder.version.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    faults = [fault for fault in check_paths([folder.version]) if fault.path == folder.version]
    assert 0 < len(faults) <= MAX_FAULTS + 1
    assert len(values_read) <= MAX_VALUES + 1


def test_a_hundred_thousand_keys_in_the_middle_of_a_scheme_are_not_all_read(
    folder: Folder, values_read: list[object]
) -> None:
    edit(folder.version, "bonus: {", "bonus: {" + "".join(f"k{n}: 1, " for n in range(60_000)))
    assert [fault.code for fault in check_paths([folder.version])] == ["too_many"]
    assert len(values_read) == MAX_VALUES + 1


def test_a_billion_laughs_are_not_laughed(folder: Folder, values_read: list[object]) -> None:
    folder.version.write_text(LAUGHS, encoding="utf-8")
    assert {"alias", "anchor"} <= {fault.code for fault in check_paths([folder.version])}
    assert len(values_read) < 200


NUMBERS = [
    "1e999999",
    "1e-999999",
    "-1",
    "nan",
    "NaN",
    ".nan",
    "inf",
    "-inf",
    "9" * 5000,
    "0." + "3" * 5000,
    "0x10",
    "",
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:12] or "nothing")
@pytest.mark.parametrize(
    "place", ["value: 25", "effort: 1", "at_least: 90", "percent: 10", "years: 3", "minimum: 1"]
)
def test_a_number_out_of_this_world_is_a_fault_in_its_place(folder: Folder, place: str, number: str) -> None:
    edit(folder.version, place, f"{place.split(':', maxsplit=1)[0]}: {number}")
    faults = check_paths([folder.version])
    assert [fault.code for fault in faults] == ["value"]
    assert len(faults[0].message) < 300


LONG = 300_000


@pytest.mark.parametrize(
    "text",
    [
        "{" * LONG,
        "{a" * (LONG // 2),
        "a" * LONG + "!",
        "{" * (LONG // 2) + "}" * (LONG // 2),
        "\u0301" * LONG,
        " " * LONG,
    ],
    ids=["braces", "open placeholders", "one word", "nested braces", "accents", "blanks"],
)
@pytest.mark.parametrize("key", ["title", "question"])
def test_words_made_to_trouble_a_pattern_are_told_in_a_line(folder: Folder, key: str, text: str) -> None:
    words = folder.words().read_text(encoding="utf-8")
    start = words.index(f"    {key}: ") + len(f"    {key}: ")
    folder.words().write_text(
        f'{words[:start]}"{text}"{words[words.index(chr(10), start) :]}', encoding="utf-8"
    )
    faults = check_paths([folder.words()])
    assert [fault.code for fault in faults] == ["value"]
    assert all(len(fault.message) < 300 for fault in faults)


def test_an_id_as_long_as_a_file_is_told_in_a_line(folder: Folder) -> None:
    edit(folder.version, "id: staff,", f"id: {'a' * (MAX_BYTES - 20_000)},")
    assert all(len(fault.message) < 400 for fault in check_paths([folder.version]))


def test_thousands_of_wrong_values_are_a_hundred_faults(folder: Folder) -> None:
    items = "".join(f"  - {{id: f{number}, source: hearsay, at_most: no}}\n" for number in range(3_000))
    edit(folder.version, "figures:\n", f"figures:\n{items}")
    faults = check_paths([folder.version])
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].message == "and 5900 more faults"
