"""A scheme of one's own in two versions, with every way of changing between them."""

import atexit
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from dialogs.language.catalogue import LOCALES
from rubric.check.command import check_paths
from rubric.library.library import Library
from rubric.library.preload import preload_added
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, gbt, words_value

FIRST = SHIPPED_TEXT.replace(f"id: {GBT}", "id: own")
CHANGES = """
changes:
  - {kind: renumbered, from: 5.1.6.3, to: 5.1.6.5, source: body}
  - {kind: split, from: 5.2.6.2, to: [5.2.6.3, 5.2.6.4], answers: asked_again, source: body}
  - {kind: split, from: 5.3.2.3, to: [5.3.2.4, 5.3.2.5], answers: kept, source: body}
  - {kind: merged, from: [5.1.4.1, 5.1.4.2], to: 5.1.4.3, source: body}
  - {kind: reworded, id: 5.1.7.3, answers: kept, source: body}
  - {kind: reworded, id: 5.3.1.5, answers: asked_again, source: body}
  - {kind: retyped, id: 5.1.1.2, source: body}
  - {kind: retired, id: 5.1.6.4, source: body}
"""


def line(id: str, points: str, type: str = "qualitative", deletable: str = "no") -> str:
    return (
        f"  - {{id: {id}, group: {id.rpartition('.')[0]}, type: {type}, points: {{value: {points}, source: proposed}},"
        f" effort: 2, deletable: {deletable}, source: body}}\n"
    )


def second() -> str:
    """Version 2: what `CHANGES` says, and the points so that they add up."""
    text = FIRST.replace("version: 1", "version: 2")
    text = text.replace(
        "id: 5.1.1.2, group: 5.1.1, type: sampled", "id: 5.1.1.2, group: 5.1.1, type: qualitative"
    )
    instead = {
        "5.1.6.3": line("5.1.6.5", "2"),
        "5.1.6.4": "",
        "5.2.6.2": line("5.2.6.3", "1", deletable="yes") + line("5.2.6.4", "1", deletable="yes"),
        "5.1.4.1": line("5.1.4.3", "5"),
        "5.1.4.2": "",
        "5.3.2.3": line("5.3.2.4", "1.5") + line("5.3.2.5", "1.5"),
    }
    for indicator, lines in instead.items():
        text = _without(text, indicator, lines)
    return text + CHANGES


def _without(text: str, indicator: str, instead: str) -> str:
    found = re.search(rf"^  - \{{id: {re.escape(indicator)},.*\n", text, flags=re.MULTILINE)
    assert found, indicator
    return text.replace(found[0], instead, 1)


def two_versions(root: Path, locales: Sequence[str] = LOCALES) -> Library:
    """The library with both; each is without fault."""
    folder = Folder(root, FIRST, "own", locales=locales)
    (folder.path / "2.yaml").write_text(second(), encoding="utf-8")
    for locale in locales:
        words = words_value(gbt(), locale)
        for key in ("5.1.6.5", "5.2.6.3", "5.2.6.4", "5.1.4.3", "5.3.2.4", "5.3.2.5"):
            words["indicators"][key] = {
                k: v for k, v in words["indicators"]["5.1.1.1"].items() if k != "sample"
            }
        folder.write_words(words | {"scheme": "own"}, locale)
        patch = {"scheme": "own", "version": "2", "locale": locale, "source": "proposed"}
        patch["indicators"] = {"5.1.7.3": {"title": "Reworded"}}  # type: ignore[assignment]
        (folder.path / "text" / "2").mkdir(exist_ok=True)
        (folder.path / "text" / "2" / f"{locale}.yaml").write_text(yaml.safe_dump(patch), "utf-8")
    assert check_paths([root]) == []
    return Library.from_folders([root])


def first_version_only(root: Path) -> Library:
    """What there was when the case began."""
    Folder(root, FIRST, "own", locales=LOCALES)
    return Library.from_folders([root])


@cache
def old_and_new() -> tuple[Library, Library]:
    """The library when a case began, and the one since; both read."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    before = first_version_only(Path(folder.name) / "before")
    preload_added(before)
    return before, two_versions(Path(folder.name) / "after")
