import re
from typing import get_args

import pytest

from bot.catalogue_text import CATALOGUE, load_catalogue, translate
from bot.channels.telegram.transport import catalogue
from bot.store.engine import StoreCode
from dialogs.language.catalogue import LOCALES

FOLDERS = (CATALOGUE, catalogue.CATALOGUE)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_the_same_keys_and_the_same_fields(locale, folder):
    assert _shape(locale, folder) == _shape("en", folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_is_a_catalogue_for_each_locale_and_no_other(folder):
    assert sorted(path.stem for path in folder.glob("*.yaml")) == sorted(LOCALES)


def test_a_channel_has_texts_that_no_other_shows():
    assert catalogue.translate("en", "chat.private_only", link="t.me/x").endswith("here: t.me/x")
    assert "telegram" not in load_catalogue("en")


def test_a_sentence_is_filled_in():
    assert translate("en", "terminal.no_such_file", path="a.pdf") == "There is no such file: a.pdf"


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_the_store_fails_at_has_words(locale):
    assert set(load_catalogue(locale)["store"]) == {"not_saved", *get_args(StoreCode)}


def _shape(locale, folder):
    return {
        (section, name): sorted(re.findall(r"\{(\w+)\}", sentence))
        for section, words in load_catalogue(locale, folder).items()
        for name, sentence in words.items()
    }
