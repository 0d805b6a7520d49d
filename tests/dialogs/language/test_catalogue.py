"""The catalogues and the code that speaks through them: nothing missing or idle, no word quoted in vain."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import dialogs
from dialogs.engine import navigation, text_input
from dialogs.engine.clause_answers import is_answer
from dialogs.flow.states import STATES, states_of
from dialogs.language.catalogue import CATALOGUE_FOLDER, DEFAULT_LOCALE, LOCALES, sentences, typed_words
from dialogs.parsing import trades_and_provinces
from dialogs.parsing.dates.parser import parse_date
from dialogs.parsing.intents import find_meanings, normalize
from dialogs.parsing.numerals import parse_count
from dialogs.parsing.sample_counts import parse_sample
from dialogs.parsing.utterance import Utterance
from tests.rubric.builders import gbt

CODE = sorted(Path(dialogs.__file__).parent.rglob("*.py"))
NAVIGATION = Path(navigation.__file__)
HEARING = Path(text_input.__file__)

# Sentences in which several languages stand side by side.
MIXED = {"language.question", "not_understood.language"}
PRODUCT = "星评"
# What a sentence quotes as an example of free text; such an example must not mean anything else.
FREE_TEXT = {
    "我们不销售须回收的商品",
    "我們不販售須回收的商品",
    "We do not sell goods that have to be taken back",
}
QUOTED = re.compile(r"“([^”]*)”|「([^」]*)」|\"([^\"]*)\"")
CHINESE = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_the_same_keys_in_the_same_order_and_the_same_fields(locale: str) -> None:
    assert list(sentences(locale)) == list(sentences(DEFAULT_LOCALE))
    assert {key: _fields(text) for key, text in sentences(locale).items()} == {
        key: _fields(text) for key, text in sentences(DEFAULT_LOCALE).items()
    }


def test_there_is_a_catalogue_for_each_locale_and_no_other() -> None:
    assert sorted(path.stem for path in CATALOGUE_FOLDER.glob("*.yaml")) == sorted(
        [*LOCALES, "said", "cities"]
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_empty(locale: str) -> None:
    assert [key for key, text in sentences(locale).items() if not text.strip()] == []


def test_every_key_that_the_code_names_exists() -> None:
    keys = sentences(DEFAULT_LOCALE)
    missing = [f"{use.where}: {use.key}" for use in _uses() if not use.matching(keys)]
    assert missing == []


def test_the_code_is_read_as_it_is_meant() -> None:
    """A guard of the walk itself: one key of each way in which the code names them."""
    named = {use.key for use in _uses()}
    assert {"list.separator", "saved.group", "deductions.done", "button.nav_undo", "review.fix"} <= named
    assert {r"trade\.(.+)", r"not_understood\.question_(.+)(.+)", r"organisation\.(.+)\.label"} <= named


def test_no_key_is_idle() -> None:
    keys = sentences(DEFAULT_LOCALE)
    used = {key for use in _uses() for key in use.matching(keys)}
    assert sorted(set(keys) - used) == []


def test_every_field_of_a_sentence_is_given_where_it_is_said() -> None:
    keys = sentences(DEFAULT_LOCALE)
    short = [
        f"{use.where}: {key} wants {field}"
        for use in _uses()
        if use.given is not None
        for key in use.matching(keys)
        if key == use.key
        for field in _fields(keys[key]) - use.given
    ]
    assert short == []


def test_every_state_has_its_sentences() -> None:
    keys = sentences(DEFAULT_LOCALE)
    standing = [f"state.{state}" for state in states_of("walk") if not state.startswith("scoring.")]
    helping = [f"help.{state.replace('.', '_')}" for state in states_of("walk")]
    # The question words its own: which sentence depends on how the indicator is answered.
    asking = [state for state in STATES if state != "scoring.question"]
    answering = [f"not_understood.{state.replace('.', '_')}" for state in asking]
    assert [key for key in (*standing, *helping, *answering) if key not in keys] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_sentence_quotes_is_understood_or_is_a_button(locale: str) -> None:
    labels = _labels(locale)
    lost = [
        f"{key}: {quoted}"
        for key, text in sentences(locale).items()
        for quoted in _quotes(text)
        if quoted not in labels and not _understood(quoted)
    ]
    assert lost == []


@pytest.mark.parametrize("text", sorted(FREE_TEXT))
def test_an_example_of_free_text_means_nothing_else(text: str) -> None:
    assert not find_meanings(text)
    assert parse_sample(normalize(text)) is None
    assert any(text in sentence for locale in LOCALES for sentence in sentences(locale).values())


@pytest.mark.parametrize("locale", LOCALES)
def test_a_button_that_is_labelled_with_a_known_word_is_pressed_by_its_meaning(locale: str) -> None:
    """So that a label typed on another screen does not lead elsewhere than the button would."""
    wrong = {
        key: sorted(find_meanings(text))
        for key, text in sentences(locale).items()
        if key.startswith(("button.nav_", "button.answer_"))
        and key.removeprefix("button.").partition("_")[2] not in find_meanings(text)
    }
    assert wrong == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_places_share_a_name(locale: str) -> None:
    for prefix in ("trade.", "province."):
        names = [text for key, text in sentences(locale).items() if key.startswith(prefix)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_trade_and_a_province_are_found_by_the_name_shown(locale: str) -> None:
    texts = sentences(locale)
    assert {
        code: trades_and_provinces.find_province(normalize(texts[f"province.{code}"]))
        for code in trades_and_provinces.province_codes()
    } == {code: code for code in trades_and_provinces.province_codes()}
    assert {
        code: trades_and_provinces.find_trade(normalize(texts[f"trade.{code}"]))
        for code in trades_and_provinces.trade_codes()
    } == {code: code for code in trades_and_provinces.trade_codes()}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_chinese_has_full_width_punctuation(locale: str) -> None:
    half = re.compile(rf"[{CHINESE}][,;:?!()]|[,;:?!()][{CHINESE}]")
    assert [key for key, text in sentences(locale).items() if half.search(text)] == []


@pytest.mark.parametrize(
    ("locale", "foreign"),
    [("zh-Hans", '「」『』"'), ("zh-Hant", '“”‘’"'), ("en", '「」『』，。；：？！（）、＝＋～\u3000"')],
)
def test_each_language_has_its_own_marks(locale: str, foreign: str) -> None:
    assert [
        key for key, text in sentences(locale).items() if key not in MIXED and set(text) & set(foreign)
    ] == []


@pytest.mark.parametrize(("locale", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "big5")])
def test_each_chinese_has_its_own_characters(locale: str, charset: str) -> None:
    wrong = {
        key: strange
        for key, text in sentences(locale).items()
        if key not in MIXED
        and (strange := [c for c in text if "\u3400" <= c <= "\u9fff" and not _written_in(c, charset)])
    }
    assert wrong == {}


def test_english_is_written_without_chinese() -> None:
    chinese = re.compile(f"[{CHINESE}]")
    assert [
        key
        for key, text in sentences("en").items()
        if key not in MIXED and chinese.search(text.replace(PRODUCT, ""))
    ] == []


def test_every_meaning_has_words_and_is_acted_on() -> None:
    acted_on = {node.value for node in ast.walk(_tree(HEARING)) if isinstance(node, ast.Constant)}
    assert [meaning for meaning in typed_words() if meaning not in acted_on] == []
    assert [meaning for meaning, words in typed_words().items() if not all(map(str.strip, words))] == []
    assert [meaning for meaning, words in typed_words().items() if not words] == []


def test_every_word_is_understood_as_what_it_stands_under_and_as_nothing_else() -> None:
    assert {
        word: sorted(find_meanings(word))
        for meaning, words in typed_words().items()
        for word in words
        if find_meanings(word) != {meaning}
    } == {}


def _fields(text: str) -> frozenset[str]:
    return frozenset(field for _, field, _, _ in string.Formatter().parse(text) if field)


def _quotes(text: str) -> Iterator[str]:
    """What stands in quotation marks, without what is only filled in later."""
    for found in QUOTED.finditer(text):
        quoted = next(group for group in found.groups() if group is not None)
        if not _fields(quoted):
            yield quoted


def _understood(quoted: str) -> bool:
    scheme, line = gbt(), Utterance(quoted).clause_answer
    return bool(
        find_meanings(quoted)
        or (line and line.clause.text in scheme.indicator_by_id and is_answer(line.answer))
        or parse_sample(normalize(quoted))
        or parse_count(normalize(quoted)) is not None
        or quoted in scheme.indicator_by_id
        or quoted in scheme.group_by_id
        or trades_and_provinces.find_province(normalize(quoted))
        or isinstance(parse_date(quoted, date(2026, 11, 23), "past"), date)
        or quoted in FREE_TEXT
    )


def _written_in(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _labels(locale: str) -> set[str]:
    """The labels of all buttons, in the words of the locale."""
    return {
        sentences(locale)[key] for use in _uses() if use.labels for key in use.matching(sentences(locale))
    }


class _Use:
    """One place in the code that names a key, or a pattern of keys where a part of it is filled in."""

    def __init__(self, key: str, where: str, *, given: frozenset[str] | None, labels: bool) -> None:
        self.key, self.where, self.given, self.labels = key, where, given, labels

    def matching(self, keys: dict[str, str]) -> list[str]:
        if self.key in keys:
            return [self.key]
        return [key for key in keys if re.fullmatch(self.key, key)] if "(.+)" in self.key else []


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _uses() -> tuple[_Use, ...]:
    return tuple(use for path in CODE for use in _uses_in(path))


def _uses_in(path: Path) -> Iterator[_Use]:
    functions = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        variables = _assigned(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                for key, labels in _keys_of(node, variables):
                    yield _Use(key, f"{path.name}:{node.lineno}", given=_given(node), labels=labels)
    if path == NAVIGATION:
        yield from _navigation_buttons(path)


def _navigation_buttons(path: Path) -> Iterator[_Use]:
    """Navigation labels its buttons by their ids alone."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("nav:"):
            key = _label_key(node.value)
            if key in sentences(DEFAULT_LOCALE):
                yield _Use(key, f"{path.name}:{node.lineno}", given=None, labels=True)


def _assigned(function: ast.FunctionDef) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _keys_of(call: ast.Call, variables: dict[str, ast.expr]) -> Iterator[tuple[str, bool]]:
    """The keys that a call names, each with whether it labels a button."""
    called, arguments = _called(call), call.args
    if called in {"words", "add_message", "Catalogue", "self"} and arguments:
        for key in _texts(arguments[0], variables):
            yield key, False
    elif called == "block" and len(arguments) == 3:
        for key in _texts(arguments[2], variables):
            yield key, False
    elif called == "button" and len(arguments) == 3:
        for key in _texts(arguments[2], variables):
            yield key, True
    elif called == "button" and len(arguments) == 2:
        for identity in _texts(arguments[1], variables):
            yield _label_key(identity), True


def _called(call: ast.Call) -> str:
    """`words` of `words(…)`, `scene.words(…)` and `self(…)` inside Catalogue; `Catalogue` of `Catalogue(locale)(…)`."""
    match call.func:
        case ast.Name(id=name):
            return "" if name == "Catalogue" else name
        case ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="Catalogue")):
            return "Catalogue"
    return ""


def _texts(node: ast.expr, variables: dict[str, ast.expr]) -> Iterator[str]:
    """Every text that an expression may come to, with `(.+)` for what only a run can tell."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, variables)
            yield from _texts(orelse, variables)
        case ast.JoinedStr(values=parts):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)" for part in parts
            )
        case ast.Name(id=name) if name in variables:
            yield from _texts(variables[name], {})


def _label_key(identity: str) -> str:
    return ("button\\." if "(.+)" in identity else "button.") + identity.replace(":", "_")


def _given(call: ast.Call) -> frozenset[str] | None:
    """The fields that a call fills in; None where they are handed on from elsewhere."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name is not None)
