"""The catalogues: every sentence that a user reads. Sentences are kept there, never in code."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rubric import YamlValue, read_document

CATALOGUE_FOLDER = Path(__file__).parents[1] / "catalogue"
LOCALES = ("zh-Hans", "zh-Hant", "en")
DEFAULT_LOCALE = "zh-Hans"


class Catalogue:
    """The sentences of one locale: `words("question.saved", title=…)`. An unknown key is a programming error."""

    def __init__(self, locale: str) -> None:
        self.locale = locale if locale in LOCALES else DEFAULT_LOCALE
        self._sentences = sentences(self.locale)

    def __call__(self, key: str, **values: object) -> str:
        sentence = self._sentences[key]
        return sentence.format(**values) if values else sentence

    def join_items(self, items: Iterable[str]) -> str:
        """Join the items into one enumeration, with the language's separator."""
        return self("list.separator").join(items)


@cache
def find_catalogue(locale: str) -> Catalogue:
    """Return the catalogue of a locale, loaded once."""
    return Catalogue(locale)


@cache
def sentences(locale: str) -> dict[str, str]:
    """Every sentence of a locale by its dotted key."""
    return dict(_flatten(read_document(CATALOGUE_FOLDER / f"{locale}.yaml").value, ""))


@cache
def typed_words() -> dict[str, tuple[str, ...]]:
    """Return the words that people type, by meaning, of all languages."""
    return _read_lists("said")


@cache
def cities() -> dict[str, tuple[str, ...]]:
    """Return the names of time zones, by IANA name, of all languages."""
    return _read_lists("cities")


def _read_lists(name: str) -> dict[str, tuple[str, ...]]:
    value = read_document(CATALOGUE_FOLDER / f"{name}.yaml").value
    assert isinstance(value, dict)
    return {key: tuple(str(word) for word in words) for key, words in value.items()}


def _flatten(value: YamlValue, prefix: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flatten(inner, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix, str(value)
