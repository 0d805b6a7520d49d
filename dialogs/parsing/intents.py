"""The meaning of typed text: known words and free text. Where it is unsure there is none; answers are never guessed."""

import re
import unicodedata
from functools import cache, lru_cache

from dialogs.language.catalogue import typed_words

LONGEST_INPUT = 2000
_PARTICLES = ("的呢", "的", "了", "呢", "啊", "哦", "呀", "嘛", "please", "thanks")
_DOUBTFUL_PARTICLES = ("了吧", "吧")
ANSWER_MEANINGS = frozenset({"yes", "no", "there_is", "there_is_none", "met", "unmet", "na"})
"""What is so, in contrast to what is to be done: never understood where the speaker sounds unsure."""
_PUNCTUATION = r"\s。．.,，、!！;；:：~～\"“”‘’「」『』()（）\[\]【】…"
_EDGES = re.compile(rf"^[/{_PUNCTUATION}]+|[{_PUNCTUATION}]+$")
_TRAILS_OFF = re.compile(r"\.\.|。。")
_SPACES = re.compile(r"(?<=[a-z])(\s)\s*(?=[a-z])|\s")
# A question that asks for something not to be: to it, both 有 and 没有 may mean that all is well.
_ASKS_FOR_NONE = re.compile(r"(?<!有)[没沒]有|\bno\b")


def normalize(text: str) -> str:
    """Return the text with full-width forms converted (NFKC), without control characters and in lower case."""
    kept = "".join(
        c for c in unicodedata.normalize("NFKC", text) if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return kept.replace("’", "'").casefold().strip()


def clean_text(text: str) -> str:
    """Return free text for storing: no control or format characters except newlines, no lone surrogates."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return "".join(kept).strip()


def comparison_form(text: str) -> str:
    """Return the text for comparison: normalized, no punctuation at the ends, spaces only between Latin words.

    Punctuation inside stays, since 不，符合 is not 不符合; so do trailing dots, since 有…… is not 有.
    """
    return trim_punctuation(normalize(text))


@lru_cache(4096)
def label_form(label: str) -> str:
    """Return the comparison form of a label, cached since most labels are the same on every screen."""
    return comparison_form(label)


def trim_punctuation(plain: str) -> str:
    """Return the comparison form of a text that is normalized already."""
    bare = plain if _TRAILS_OFF.search(plain) else _EDGES.sub("", plain)
    return _SPACES.sub(lambda spaces: " " if spaces[1] else "", bare or plain)


def without_punctuation(form: str) -> str:
    """Return a comparison form without punctuation inside, as a label or a known word may be typed too."""
    return re.sub(rf"['{_PUNCTUATION}]", "", form)


def find_meanings(text: str) -> frozenset[str]:
    """Return every meaning of the whole text; empty where it is no known word."""
    return meanings_of(comparison_form(text))


def meanings_of(word: str) -> frozenset[str]:
    """Return every meaning of a text given in its comparison form."""
    known = _meanings_by_form()
    if word in known:
        return known[word]
    for ending in (*_DOUBTFUL_PARTICLES, *_PARTICLES):
        if word.endswith(ending):
            meant = known.get(comparison_form(word.removesuffix(ending)), frozenset())
            return meant - ANSWER_MEANINGS if ending in _DOUBTFUL_PARTICLES else meant
    return frozenset()


def asks_for_none(question: str) -> bool:
    """Return whether the question contains a negation, so that a mere 有 or 没有 is ambiguous."""
    return bool(_ASKS_FOR_NONE.search(question.casefold()))


@cache
def _meanings_by_form() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for meaning, words in typed_words().items():
        for word in words:
            form = comparison_form(word)
            for known in (form, without_punctuation(form)):
                found.setdefault(known, set()).add(meaning)
    found.pop("", None)
    return {word: frozenset(meant) for word, meant in found.items()}
