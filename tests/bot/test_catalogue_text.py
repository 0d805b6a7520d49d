import re
from typing import get_args

import pytest

from bot.catalogue_text import CATALOGUE, load_catalogue, translate
from bot.store.engine import StoreCode
from dialogs.language.catalogue import LOCALES


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_the_same_keys_and_the_same_fields(locale):
    assert _shape(locale) == _shape("en")


def test_there_is_a_catalogue_for_each_locale_and_no_other():
    assert sorted(path.stem for path in CATALOGUE.glob("*.yaml")) == sorted(LOCALES)


def test_a_sentence_is_filled_in():
    assert translate("en", "terminal.no_such_file", path="a.pdf") == "There is no such file: a.pdf"


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_the_store_fails_at_has_words(locale):
    assert set(load_catalogue(locale)["store"]) == {"not_saved", *get_args(StoreCode)}


def _shape(locale):
    return {
        (section, name): sorted(re.findall(r"\{(\w+)\}", sentence))
        for section, words in load_catalogue(locale).items()
        for name, sentence in words.items()
    }
