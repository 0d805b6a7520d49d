"""The texts of commands and channels, from `bot/catalogue/`; those of the dialogue are in `dialogs/`."""

from functools import cache
from pathlib import Path

from rubric import read_document

CATALOGUE = Path(__file__).parent / "catalogue"
CatalogueSections = dict[str, dict[str, str]]


def translate(locale: str, key: str, **values: object) -> str:
    """Return the text at `section.name` of the locale's catalogue, with its values filled in."""
    return translate_from(CATALOGUE, locale, key, **values)


def translate_from(folder: Path, locale: str, key: str, /, **values: object) -> str:
    """Return a text as `translate` does, from the catalogues in another folder."""
    section, _, name = key.partition(".")
    return load_catalogue(locale, folder)[section][name].format(**values)


@cache
def load_catalogue(locale: str, folder: Path = CATALOGUE) -> CatalogueSections:
    """Return the whole catalogue of a locale. Raises FaultsFoundError when the file has faults."""
    value = read_document(folder / f"{locale}.yaml").value
    assert isinstance(value, dict)
    return {section: dict(_texts(inner)) for section, inner in value.items()}


def _texts(inner: object) -> dict[str, str]:
    assert isinstance(inner, dict)
    return {name: str(text) for name, text in inner.items()}
