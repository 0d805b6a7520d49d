"""The texts that only Telegram shows, from the folder `catalogue` of this channel."""

from functools import partial
from pathlib import Path

from bot.catalogue_text import translate_from

CATALOGUE = Path(__file__).parents[1] / "catalogue"
translate = partial(translate_from, CATALOGUE)
