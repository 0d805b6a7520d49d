"""The slips that make a file no YAML at all, each told at its own line in words that say what to do."""

from pathlib import Path

import pytest

from rubric.parsing.document import read_with_faults

SLIPS = {
    "a full-width colon": ("id: own\ntitle：自评\nabout: x\n", (2, 6), "full-width ："),
    "a full-width colon in a list": ("a:\n  - id：one\n    b: c\n", (2, 7), "full-width ："),
    "a tab": ("a:\n\tb: c\n", (2, 1), "indent with spaces"),
    "a full-width space behind the colon": ("a:　b\nc: d\n", (1, 3), "type a plain space"),
    "a full-width comma": ("a: [b，c}\nd: e\n", (1, 6), "full-width ，"),
    "no space behind the colon": (
        "a:\n  title:自评\n  about: x\n",
        (2, 8),
        "space is missing behind the colon",
    ),
    "a colon in a text": (
        "a:\n  title: 自评: 开始\n  about: x\n",
        (2, 12),
        "put the text in quotation marks",
    ),
    "text behind a quotation": ('title: "五星"级服务\nabout: x\n', (1, 8), "other kind of quotation marks"),
    "a percent sign first": ("title: %80\nabout: x\n", (1, 8), "cannot begin with this sign"),
    "an unclosed quotation": ('title: "五星\nabout: x\n', (1, 8), "not closed in this line"),
}


@pytest.mark.parametrize(("text", "place", "advice"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_told_at_its_own_line(
    tmp_path: Path, text: str, place: tuple[int, int], advice: str
) -> None:
    file = tmp_path / "1.yaml"
    file.write_text(text, encoding="utf-8")
    document = read_with_faults(file)
    (fault,) = [one for one in document.faults if one.code == "yaml"]
    assert ((fault.line, fault.column), advice in fault.message) == (place, True), fault


@pytest.mark.parametrize(
    "line", ["[" * 900_000, "{" * 900_000, "a" * 900_000 + ": [，", 'a: "' + "x" * 900_000]
)
def test_a_hostile_line_takes_no_time(tmp_path: Path, line: str) -> None:
    file = tmp_path / "1.yaml"
    file.write_text(line, encoding="utf-8")
    assert read_with_faults(file).faults
