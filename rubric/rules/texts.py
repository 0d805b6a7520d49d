"""The rules for scheme texts: complete, short enough for a chat, no stray characters."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from pydantic import BaseModel

from rubric.model.texts import EligibilityText, IndicatorText, SchemeText
from rubric.parsing.document import YamlDocument, YamlPath
from rubric.parsing.validation import unknown_name_message
from rubric.parsing.violations import Violations, file_name_violations, folder_name_violations
from rubric.rules.text_ids import ID_SECTIONS, SchemeOutline

LONGEST_TITLE = 40
LONGEST_QUESTION = 300
LONGEST_SCREEN = 3500

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_INVISIBLE_CATEGORIES = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"  # parts of words in some scripts

Check: TypeAlias = Callable[[SchemeText, Sequence[SchemeOutline]], Violations]


def text_violations(
    text: SchemeText, document: YamlDocument, outlines: Sequence[SchemeOutline]
) -> Violations:
    """Check the texts in `document` against every version of their scheme."""
    yield from folder_name_violations("scheme", text.scheme, document.path.resolve().parent.parent)
    yield from file_name_violations("locale", text.locale, document.path)
    yield from content_violations(text, outlines)


def content_violations(text: SchemeText, outlines: Sequence[SchemeOutline]) -> Violations:
    """Check texts without regard to their file."""
    return chain.from_iterable(check(text, outlines) for check in CHECKS)


def _keys(text: SchemeText, outlines: Sequence[SchemeOutline]) -> Violations:
    for section in ID_SECTIONS:
        wanted = known_ids(outlines, section)
        given = getattr(text, section)
        if wanted is None:
            continue
        for missing in wanted:
            if missing not in given:
                yield (section,), "missing_words", f"the words of '{missing}' are missing"
        for key in given:
            if key not in wanted:
                yield (section, key), "unknown_key", unknown_name_message(key, wanted)


def known_ids(outlines: Sequence[SchemeOutline], section: str) -> list[str] | None:
    """Return the ids of all versions; None where one could not be read."""
    lists = [outline.ids[section] for outline in outlines]
    known = [ids for ids in lists if ids is not None]
    return (
        list(dict.fromkeys(each for ids in known for each in ids))
        if lists and len(known) == len(lists)
        else None
    )


def _samples(text: SchemeText, outlines: Sequence[SchemeOutline]) -> Violations:
    for key, words in text.indicators.items():
        known = [outline.sampled[key] for outline in outlines if key in outline.sampled]
        if words.sample is None and any(known):
            yield (
                ("indicators", key),
                "sample",
                f"'sample' is missing: '{key}' is sampled; say what to draw, how many",
            )
        if words.sample is not None and known and not any(known):
            yield (
                ("indicators", key, "sample"),
                "sample",
                f"'{key}' is not sampled; only sampled indicators have this",
            )


def _placeholders(text: SchemeText, outlines: Sequence[SchemeOutline]) -> Violations:
    """Check that the texts of a question have a placeholder for each setting and no other."""
    for key in text.eligibility:
        settings = [outline.settings[key] for outline in outlines if key in outline.settings]
        if settings:
            yield from _question_placeholders(text, key, sorted(frozenset.union(*settings)))
    yield from (found for found in brace_violations(text) if found[0][0] != "eligibility")


def brace_violations(text: BaseModel) -> Violations:
    for where, words in _strings(text):
        if "{" in words or "}" in words:
            yield where, "placeholder", "nothing is filled in here; write the words without { and }"


def _question_placeholders(text: SchemeText, key: str, settings: list[str]) -> Violations:
    shown: set[str] = set()
    for field, words in text.eligibility[key].model_dump().items():
        where: YamlPath = ("eligibility", key, field)
        names = _PLACEHOLDER.findall(words)
        shown.update(names)
        for name in names:
            if name not in settings:
                yield where, "placeholder", unknown_name_message(name, settings)
        if set("{}") & set(_PLACEHOLDER.sub("", words)):
            yield where, "placeholder", "a brace stands alone; allowed: {name} with the name of a setting"
    for name in settings:
        if name not in shown:
            yield (
                ("eligibility", key),
                "placeholder",
                f"the setting is not shown; write {{{name}}} where its figure goes",
            )


def _lengths(text: SchemeText, _: Sequence[SchemeOutline]) -> Violations:
    for section, words in (
        *_parts(text, "indicators"),
        *_parts(text, "eligibility"),
        *_parts(text, "figures"),
    ):
        yield from _too_long((*section, "title"), getattr(words, "title", ""), LONGEST_TITLE)
        yield from _too_long((*section, "question"), words.question, LONGEST_QUESTION)
    yield from _too_long(("bonus", "question"), text.bonus.question, LONGEST_QUESTION)


def _parts(text: SchemeText, section: str) -> Iterator[tuple[YamlPath, Any]]:
    return (((section, key), words) for key, words in getattr(text, section).items())


def _too_long(where: YamlPath, words: str, most: int) -> Violations:
    if len(words) > most:
        yield where, "too_long", f"{len(words)} characters; at most {most} fit a chat screen"


def _screens(text: SchemeText, _: Sequence[SchemeOutline]) -> Violations:
    for key, words in text.indicators.items():
        length = screen_length(words)
        if length >= LONGEST_SCREEN:
            message = (
                f"{length} characters in all, as Telegram counts; fewer than {LONGEST_SCREEN} fit a screen"
            )
            yield ("indicators", key), "too_long", message


def screen_length(words: IndicatorText) -> int:
    """Return the length of an indicator's screen in UTF-16 units, as Telegram counts."""
    shown = [words.title, words.question, words.reviewer, *words.evidence, words.pitfall, words.sample or ""]
    return sum(len(part.encode("utf-16-le")) // 2 + 1 for part in shown)


def _characters(text: SchemeText, _: Sequence[SchemeOutline]) -> Violations:
    return character_violations(text)


def character_violations(text: BaseModel) -> Violations:
    """Check for blank texts and invisible characters."""
    for where, words in _strings(text):
        if not words.strip():
            yield where, "blank", "only blanks; say it in words"
        stray = None if words.isprintable() else next(filter(_is_invisible, words), None)
        if stray is not None:
            yield where, "character", f"the character U+{ord(stray):04X} cannot be seen; use printable text"


def _is_invisible(character: str) -> bool:
    """Return whether the character is invisible, joiners and line breaks excepted."""
    return unicodedata.category(character) in _INVISIBLE_CATEGORIES and character not in "\n" + _JOINERS


def _strings(text: BaseModel) -> Iterator[tuple[YamlPath, str]]:
    return _strings_in(text.model_dump(), ())


def _strings_in(value: Any, where: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings_in(inner, (*where, key))
    elif isinstance(value, Iterable):
        for place, inner in enumerate(value):
            yield from _strings_in(inner, (*where, place))


CHECKS: tuple[Check, ...] = (_keys, _samples, _placeholders, _lengths, _screens, _characters)

DEPENDENT_TEXT_CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("indicators", "sample"): frozenset({"sample"}),
    **{("eligibility", key): frozenset({"placeholder"}) for key in EligibilityText.model_fields},
}
"""The codes that are not reported while such a text is wrong."""
