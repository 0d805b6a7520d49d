"""The command line's and the terminal's own words, in `bot/catalogue/`; the talk's are in `dialogs/`."""

from functools import cache
from pathlib import Path

from rubric import read_document

CATALOGUE = Path(__file__).parent / "catalogue"
CatalogueSections = dict[str, dict[str, str]]


def translate(locale: str, key: str, **values: object) -> str:
    """The sentence at `section.name` of the locale's catalogue, filled in."""
    return translate_from(CATALOGUE, locale, key, **values)


def translate_from(folder: Path, locale: str, key: str, /, **values: object) -> str:
    """Return a text as `translate` does, from the catalogues in another folder."""
    section, _, name = key.partition(".")
    return load_catalogue(locale, folder)[section][name].format(**values)


@cache
def load_catalogue(locale: str, folder: Path = CATALOGUE) -> CatalogueSections:
    """The whole catalogue of a locale. Raises FaultsFoundError where the file is broken."""
    value = read_document(folder / f"{locale}.yaml").value
    assert isinstance(value, dict)
    return {section: dict(_texts(inner)) for section, inner in value.items()}


def _texts(inner: object) -> dict[str, str]:
    assert isinstance(inner, dict)
    return {name: str(text) for name, text in inner.items()}
