"""YAML is read strictly, and a hostile file costs no more than the caps allow."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.parsing import document
from rubric.parsing.document import MAX_BYTES, MAX_LEVELS, MAX_VALUES, YamlDocument, read_document
from rubric.parsing.faults import MAX_FAULTS, Fault, FaultsFoundError, limit_faults

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{here}: &{here} [{', '.join(['*' + before] * 9)}]"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)

PRINTABLE = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"], exclude_characters="\ufeff\u2028\u2029"
)

HOSTILE = {
    "a hundred levels of lists":
        ("[" * 100 + "]" * 100, (1, 22), "too_deep", "nested deeper than 20 levels"),
    "endless mappings": ("{a: " * 200_000, (1, 85), "too_deep", "nested deeper than 20 levels"),
    "endless dashes": ("- " * 300_000, (1, 43), "too_deep", "nested deeper than 20 levels"),
    "200,000 scalars": ("[" + "1," * 200_000 + "]", (1, 40_000), "too_many", "more than 20000 values"),
    "60,000 keys":
        ("\n".join(f"k{n}: v" for n in range(60_000)), (20_000, 9), "too_many", "more than 20000 values"),
    "a tag that runs a program":
        ("a: !!python/object/apply:os.system [id]", (1, 4), "tag", "write the plain value"),
    "a tag of one's own": ("a: !mine x", (1, 4), "tag", "'!mine'"),
    "a tag on a key": ("!!str a: x", (1, 1), "tag", "tags are not allowed"),
    "an anchor": ("a: &b c", (1, 4), "anchor", "'&b'"),
    "an alias": ("a: *b", (1, 4), "alias", "'*b'"),
    "a merge key": ("<<: {a: b}", (1, 1), "merge", "write the keys out"),
    "a key that is a list": ("[a, b]: c", (1, 1), "key", "a key must be plain text"),
    "a key that is a mapping": ("? {a: b}\n: c", (1, 3), "key", "a key must be plain text"),
    "a key twice": ("a: 1\na: 2", (2, 1), "duplicate_key", "'a' stands twice here; keep one"),
    "a second document": ("a: 1\n---\nb: 2", (2, 1), "documents", "remove the second '---'"),
    "100,000 documents": ("---\n" * 100_000, (2, 1), "documents", "remove the second '---'"),
    "no byte": ("", (1, 1), "empty", "the file is empty"),
    "comments only": ("# nothing but this\n" * 30_000, (1, 1), "empty", "the file is empty"),
    "an unclosed list": ("a: b\nc: [d", (3, 1), "yaml", "this is not YAML"),
    "a tab for an indent": ("a:\n\tb: c", (2, 1), "yaml", "this is not YAML"),
    "a very long key": ("x" * 500_000 + ": a\nb", (1, 500_001), "yaml", "this is not YAML"),
    "50,000 directives": ("%FOO bar\n" * 50_000 + "---\na: 1", (1, 5), "yaml", "this is not YAML"),
    "a lone surrogate, escaped": ('a: "\\ud800"', (1, 7), "yaml", "this is not YAML"),
    "a NUL byte": ("a: b\nc: d\0e", (2, 5), "character", "U+0000"),
    "a NUL, escaped": ('a: "d\\0e"', (1, 4), "character", "U+0000"),
    "an escape character in a key": ('"a\\e": d', (1, 1), "character", "U+001B"),
    "a byte order mark in the text": ("a: \ufeffb", (1, 4), "character", "U+FEFF"),
    "a lone surrogate": (b"a: b\nc: \xed\xa0\x80", (2, 1), "not_utf8", "save the file as UTF-8"),
    "UTF-16": ("a: b".encode("utf-16"), (1, 1), "not_utf8", "save the file as UTF-8"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), (1, 1), "not_utf8", "save the file as UTF-8"),
    "50 MB": (b"a: " + b"x" * 50_000_000, (0, 0), "too_large", "larger than 1 MiB"),
}  # fmt: skip


def file_of(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "it.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def faults_of(tmp_path: Path, content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(FaultsFoundError) as found:
        read_document(file_of(tmp_path, content))
    return found.value.faults


class TestWhatIsRead:
    def test_every_scalar_stays_the_text_that_was_typed(self, tmp_path: Path) -> None:
        text = "a: 1.10\nb: no\nc: 12:30\nd: ~\ne: 0o17\nf: 2020-01-01\ng: 'x'\nh:\ni: .nan\n"
        assert read_document(file_of(tmp_path, text)).value == {
            "a": "1.10", "b": "no", "c": "12:30", "d": "~", "e": "0o17", "f": "2020-01-01", "g": "x", "h": "",
            "i": ".nan",
        }  # fmt: skip

    def test_lists_and_mappings_nest(self, tmp_path: Path) -> None:
        text = "a:\n  - {b: [c, {d: e}]}\n  - f\n"
        assert read_document(file_of(tmp_path, text)).value == {"a": [{"b": ["c", {"d": "e"}]}, "f"]}

    def test_any_printable_text_of_any_script_is_kept(self, tmp_path: Path) -> None:
        text = "评价: |\n  多行\n  文字 ☎ 😀\n"
        assert read_document(file_of(tmp_path, text)).value == {"评价": "多行\n文字 ☎ 😀\n"}

    def test_a_byte_order_mark_is_no_part_of_the_text(self, tmp_path: Path) -> None:
        assert read_document(file_of(tmp_path, b"\xef\xbb\xbfa: b")).value == {"a": "b"}

    def test_every_value_knows_its_line_and_column(self, tmp_path: Path) -> None:
        read = read_document(file_of(tmp_path, "a: 1\nb:\n  - x\n  - {c: d}\n"))
        assert read.position_of(()) == (1, 1)
        assert read.position_of(("b",)) == (2, 1)
        assert read.position_of(("b", 1)) == (4, 5)
        assert read.position_of(("b", 1, "c")) == (4, 6)

    def test_a_place_that_is_not_there_is_that_of_the_nearest_around_it(self, tmp_path: Path) -> None:
        read = read_document(file_of(tmp_path, "a: 1\nb:\n  - x\n"))
        fault = read.fault_at(("b", 0, "missing", 7), "code", "message")
        assert str(fault) == f"{read.path}:3:5: code: message"
        assert YamlDocument(Path("x")).position_of(("a",)) == (1, 1)

    @settings(deadline=None)
    @given(value=st.recursive(
        st.text(PRINTABLE),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="ascii", categories=["Ll"])), inner, max_size=3),
        max_leaves=8,
    ))  # fmt: skip
    def test_what_yaml_writes_is_what_is_read(
        self, tmp_path_factory: pytest.TempPathFactory, value: document.YamlValue
    ) -> None:
        text = yaml.dump(value, allow_unicode=True, default_style='"')
        text = text.replace("!!float ", "").replace("!!int ", "").replace("!!bool ", "")
        path = tmp_path_factory.mktemp("round")
        assert read_document(file_of(path, text)).value == value


class TestHostileFiles:
    @pytest.mark.parametrize(("content", "place", "code", "said"), HOSTILE.values(), ids=HOSTILE)
    def test_one_clear_line_says_what_is_wrong_and_where(
        self, tmp_path: Path, content: str | bytes, place: tuple[int, int], code: str, said: str
    ) -> None:
        (first, *_) = faults_of(tmp_path, content)
        assert (first.line, first.column) == place
        assert first.code == code
        assert said in first.message
        assert "\n" not in str(first)
        assert len(first.message) < 200

    def test_a_billion_laughs_are_never_laughed(self, tmp_path: Path) -> None:
        faults = faults_of(tmp_path, LAUGHS)
        assert {fault.code for fault in faults} == {"anchor", "alias"}

    def test_no_more_than_a_mebibyte_is_ever_taken_in(self, tmp_path: Path) -> None:
        just = b"a: " + b"x" * (MAX_BYTES - 3)
        assert read_document(file_of(tmp_path, just)).value == {"a": "x" * (MAX_BYTES - 3)}
        assert [fault.code for fault in faults_of(tmp_path, just + b"x")] == ["too_large"]

    def test_as_many_levels_and_values_as_are_allowed_are_read(self, tmp_path: Path) -> None:
        read_document(file_of(tmp_path, "[" * MAX_LEVELS + "x" + "]" * MAX_LEVELS))
        assert (
            len(read_document(file_of(tmp_path, "[" + "1," * (MAX_VALUES - 1) + "]")).value) == MAX_VALUES - 1
        )

    def test_a_very_long_line_is_only_a_long_text(self, tmp_path: Path) -> None:
        assert read_document(file_of(tmp_path, "a: " + "x" * 900_000)).value == {"a": "x" * 900_000}

    def test_a_folder_a_missing_file_and_a_pipe_are_told_apart_from_a_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.yaml")
        said = {}
        for name in (".", "none.yaml", "pipe.yaml", "n" * 300):
            with pytest.raises(FaultsFoundError) as found:
                read_document(tmp_path / name)
            (said[name],) = (fault.message for fault in found.value.faults)
        assert said["."] == "this is a folder; a file is wanted here"
        assert said["none.yaml"] == said["pipe.yaml"] == "there is no such file"
        assert said["n" * 300]

    def test_a_file_that_may_not_be_read_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        path = file_of(tmp_path, "a: b")
        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(FaultsFoundError, match="the file cannot be read: Permission denied"):
            read_document(path)

    def test_the_slower_reader_in_pure_python_finds_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)
        assert read_document(file_of(tmp_path, "a: [b, no]")).value == {"a": ["b", "no"]}
        for content, code in (
            ("[" * 999, "too_deep"),
            ("a: &b c", "anchor"),
            ("a: [", "yaml"),
            ('a: "\\ud800"', "character"),
        ):
            assert faults_of(tmp_path, content)[0].code == code

    @settings(deadline=None)
    @given(
        content=st.binary(max_size=60) | st.text("-:[]{}&*!|>'\"%@`,?# \n\tab<", max_size=60).map(str.encode)
    )
    def test_no_file_whatsoever_does_anything_but_load_or_be_refused(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        path = file_of(tmp_path_factory.mktemp("any"), content)
        faults = None
        try:
            assert read_document(path).positions
        except FaultsFoundError as error:
            faults = error.faults
        assert faults is None or len(faults) > 0


class TestLongLists:
    def test_of_ten_thousand_faults_the_first_hundred_are_told_and_how_many_more(
        self, tmp_path: Path
    ) -> None:
        faults = faults_of(tmp_path, "a: 1\n" * 9_000)
        assert len(faults) == MAX_FAULTS + 1
        assert [fault.line for fault in faults[:3]] == [2, 3, 4]
        assert str(faults[-1]).endswith("it.yaml: more: and 8899 more faults")

    def test_a_hundred_are_all_told(self, tmp_path: Path) -> None:
        assert {fault.code for fault in faults_of(tmp_path, "a: 1\n" * (MAX_FAULTS + 1))} == {"duplicate_key"}
        assert faults_of(tmp_path, "a: 1\n" * (MAX_FAULTS + 2))[-1].message == "and 1 more fault"

    def test_the_same_fault_is_told_once_and_all_come_in_order(self) -> None:
        first, second = Fault(Path("a"), 1, 1, "code", "x"), Fault(Path("a"), 2, 1, "code", "x")
        assert limit_faults([second, first, second]) == (first, second)

    def test_what_a_fault_quotes_is_short_and_printable(self, tmp_path: Path) -> None:
        (fault,) = faults_of(tmp_path, f"? {'x' * 400_000}\n: a\n? {'x' * 400_000}\n: b")
        assert fault.message == f"'{'x' * 39}…' stands twice here; keep one"
