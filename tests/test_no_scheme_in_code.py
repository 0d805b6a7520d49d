"""Everything that holds of one scheme stands in its files: no code and no catalogue names a scheme or a clause."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric.library.library import Library
from rubric.parsing.document import read_document

ROOT = Path(__file__).parents[1]
PACKAGES = ("rubric", "dialogs", "bot")
CODE = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
CATALOGUES = sorted((ROOT / "dialogs" / "catalogue").glob("*.yaml")) + sorted(
    (ROOT / "bot").rglob("catalogue/*.yaml")
)


def forbidden() -> re.Pattern[str]:
    """Ids of schemes and of indicators, each as a word of its own."""
    library = Library.from_folders()
    schemes = [library.scheme(name) for name in library.names()]
    ids = {scheme.id for scheme in schemes} | {each.id for scheme in schemes for each in scheme.indicators}
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, sorted(ids, reverse=True)))})(?![\w]|\.\w)")


FORBIDDEN = forbidden()


def strings_in(file: Path) -> Iterator[tuple[int, str]]:
    """Every text that code uses; docstrings may cite the standard's clauses as their source."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_line_of_code_names_a_scheme_or_a_clause(file: Path) -> None:
    named = [(line, found[0]) for line, text in strings_in(file) if (found := FORBIDDEN.search(text))]
    assert named == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_of_a_catalogue_names_a_scheme_or_a_clause(file: Path) -> None:
    assert FORBIDDEN.findall(str(read_document(file).value)) == []


def test_what_is_forbidden_is_found() -> None:
    library = Library.from_folders()
    for name in library.names():
        assert FORBIDDEN.search(f"if scheme == {name!r}")
        assert all(FORBIDDEN.search(f"“{each.id}”.") for each in library.scheme(name).indicators)
    assert not FORBIDDEN.search("5.1.1.1.9 and 15.1.1.1")
