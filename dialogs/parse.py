"""What typed text means: numbers, samples, words. Says None where it is not sure; an answer is never guessed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from dialogs.text import said_words

LONGEST_INPUT = 2000
_UNITS = "人名位个個家处處间間份次件条條单單台例项項"
_CHINESE = "零〇一二两兩三四五六七八九十百千万萬廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_NUMBER = rf"(?:[0-9]{{1,9}}|[{_CHINESE}]{{1,12}})"
_ENDINGS = ("的呢", "了吧", "的", "了", "呢", "吧", "啊", "哦", "呀", "嘛", "please", "thanks")
_DROPPED = re.compile(r"[\s。．.,，、!！;；:：~～\"'“”‘’「」『』()（）\[\]【】…]+")
_FRACTION = re.compile(rf"({_NUMBER})[{_UNITS}]?\s*(?:/|÷|of|out\s+of)\s*({_NUMBER})[{_UNITS}]?(.*)", re.S)
_FRACTION_WORDS = re.compile(rf"({_NUMBER})\s*分之\s*({_NUMBER})")
_BAD = re.compile(
    r"不行|不合格|不符合|不达标|不達標|不满足|不滿足|不好|没过|沒過|没有通过|未通过|未通過|有问题|有問題|缺|差|"
    r"fail|bad|nonconform|not\s+conform|not\s+ok|missing|wrong|defect"
)
_GOOD = re.compile(
    r"(?<![不未没沒])(?:合格|符合|达标|達標|通过|通過|满足|滿足|可以|行|好|没问题|沒問題|ok|conform|pass|good|fine)"
)
_DRAWN = re.compile(
    r"抽查|抽样|抽樣|抽取|抽|共|总|總|查|检查|檢查|看|里|裡|中|当中|當中|sampled|checked|total|among|looked"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Two counts that were typed as a sample; they need not fit together yet."""

    sampled: int
    conforming: int


def folded(text: str) -> str:
    """The text with full-width forms folded (NFKC), control characters gone and case dropped."""
    kept = "".join(
        c for c in unicodedata.normalize("NFKC", text) if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return kept.casefold().strip()


def cleaned(text: str) -> str:
    """Free text as it may be kept: no control or format characters but newlines, no lone surrogates."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return "".join(kept).strip()


def reduced(text: str) -> str:
    """The text as it is compared with words and labels: folded, without punctuation, spaces and polite endings."""
    plain = folded(text)
    bare = _DROPPED.sub("", plain).removeprefix("/")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending):
            return bare.removesuffix(ending) if bare not in _known() else bare
    return bare or plain


def meanings(text: str) -> frozenset[str]:
    """Every meaning that the whole text has; empty where it is none of the known words."""
    return _known().get(reduced(text), frozenset())


def whole_number(text: str) -> int | None:
    """The count that the text is: `２８００`, `2,800人`, `两千八百`, `约` left out; None where it is not one number."""
    plain = re.sub(r"[\s,，]", "", folded(text)).removeprefix("共").removesuffix("左右")
    plain = re.sub(rf"(?:people|persons|staff|[{_UNITS}])$", "", plain)
    return _number(plain) if re.fullmatch(rf"[0-9{_CHINESE}]{{1,12}}", plain) else None


def sample(text: str) -> Counts | None:
    """`37/40`, `37 of 40`, `40个抽查37个合格`, `四十个里三个不行`; None where it is no sample for certain."""
    plain = folded(text).replace("個", "个").rstrip("。．.!！ ")
    parts = _FRACTION_WORDS.fullmatch(plain)
    if parts:
        return _counts(parts[1], parts[2])
    parts = _FRACTION.fullmatch(plain)
    if parts:
        counted, drawn, rest = _number(parts[1]), _number(parts[2]), parts[3].strip()
        return _counted(counted, drawn, rest, needs_word=False)
    return _told(plain)


def _told(plain: str) -> Counts | None:
    """A sample told in words: two numbers, of which the larger was drawn and the other is said to be good or bad."""
    found = list(re.finditer(_NUMBER, plain))
    values = [_number(match[0]) for match in found]
    if len(found) != 2 or None in values or not _DRAWN.search(plain):
        return None
    first, second = values
    assert first is not None
    assert second is not None
    if first >= second:
        said_after = plain[found[0].end() : found[1].start()] + plain[found[1].end() :]
        return _counted(second, first, said_after, needs_word=True)
    said_first = plain[found[0].end() : found[1].start()]
    return _counted(first, second, said_first, needs_word=True)


def _counted(counted: int | None, drawn: int | None, said: str, *, needs_word: bool) -> Counts | None:
    if counted is None or drawn is None:
        return None
    bad, good = _BAD.search(said), _GOOD.search(_BAD.sub("", said))
    if (bad and good) or (needs_word and not bad and not good) or (said and not bad and not good):
        return None
    return Counts(drawn, max(drawn - counted, -1) if bad else counted)


def _counts(drawn: str, counted: str) -> Counts | None:
    whole, part = _number(drawn), _number(counted)
    return Counts(whole, part) if whole is not None and part is not None else None


def _number(text: str) -> int | None:
    if re.fullmatch("[0-9]{1,12}", text):
        return int(text)
    import cn2an  # type: ignore[import-untyped]  # a fifth of a second, and few people type Chinese numerals

    try:
        value = cn2an.cn2an(text.replace("兩", "两").replace("萬", "万"), "smart")
    except ValueError:
        return None
    return int(value) if value == int(value) else None


@cache
def _known() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for meaning, words in said_words().items():
        for word in words:
            bare = _DROPPED.sub("", folded(word)).removeprefix("/")
            found.setdefault(bare or folded(word), set()).add(meaning)
    return {word: frozenset(meant) for word, meant in found.items()}
