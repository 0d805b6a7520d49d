"""What strict reading and checking of schemes cost, against bare YAML loading of the same files."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.parsing.document import read_document
from tests.bench.test_speed import seconds, told

pytestmark = pytest.mark.bench

__all__ = ["told"]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FILES = sorted(SHIPPED_SCHEMES.rglob("*.yaml"))


def bare() -> None:
    for file in FILES:
        yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)


def strict() -> None:
    for file in FILES:
        read_document(file)


def loaded() -> None:
    library = Library.from_folders()
    for name in library.names():
        for locale in library.locales(name):
            library.text(name, locale)


def test_reading_loading_and_checking_all_schemes(
    told: Callable[[str, float, str, float], None],
) -> None:
    base, reference = seconds(bare, 5), f"bare YAML loading of the {len(FILES)} files"
    told("read strictly, every value with its place", seconds(strict, 5), reference, base)
    told("schemes loaded with all their words", seconds(loaded, 5), reference, base)
    told("everything checked", seconds(lambda: check_paths([SHIPPED_SCHEMES]), 5), reference, base)
