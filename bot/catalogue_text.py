"""The command line's and the terminal's own words, in `bot/catalogue/`; the talk's are in `dialogs/`."""

from functools import cache
from pathlib import Path

from rubric.parsing.document import read_document

CATALOGUE = Path(__file__).parent / "catalogue"
CatalogueSections = dict[str, dict[str, str]]


def translate(locale: str, key: str, **values: object) -> str:
    """The sentence at `section.name` of the locale's catalogue, filled in."""
    section, _, name = key.partition(".")
    return load_catalogue(locale)[section][name].format(**values)


@cache
def load_catalogue(locale: str) -> CatalogueSections:
    """The whole catalogue of a locale. Raises FaultsFoundError where the file is broken."""
    value = read_document(CATALOGUE / f"{locale}.yaml").value
    assert isinstance(value, dict)
    return {section: dict(_texts(inner)) for section, inner in value.items()}


def _texts(inner: object) -> dict[str, str]:
    assert isinstance(inner, dict)
    return {name: str(text) for name, text in inner.items()}
