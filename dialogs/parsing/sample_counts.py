"""A sample in one line: `37/40`, `37 of 40`, `抽查40个，37个合格`, `四十个里三个不行`.

The text is split into words, and each must be known: an unknown word (大概, 不太, mostly, %) might reverse the
meaning. Which count is which follows from the order of the words, never from the larger number. The text
must be normalized.
"""

import re
from dataclasses import dataclass

from dialogs.parsing.numerals import NUMBER, UNITS, parse_number

# Each kind of word by one letter, the first that fits: b bad, g good, a all, p parts, o of, t in total before a number,
# d drawn, w within after a number, n a number; those of kind " " say nothing.
_WORDS = {
    "b": r"不行|不合格|不符合|不合规|不合規|不达标|不達標|不满足|不滿足|不好|不通过|不通過|没过|沒過|没通过|沒通過|"
    r"没有通过|沒有通過|未通过|未通過|有问题|有問題|"
    r"(?:failed|fail|bad|wrong|missing|defective|non-?conforming|non-?compliant|not ok|not conforming|not met|"
    r"(?:do not|don't|did not|didn't|does not|doesn't) (?:conform|comply|pass))\b",
    "g": r"合格|符合|合规|合規|达标|達標|满足|滿足|通过|通過|没问题|沒問題|可以|行|好|"
    r"(?:okay|ok|good|fine|met|passed|pass|conforming|conformed|conforms|conform|compliant|complied|comply)\b",
    "a": r"全部|全都|全|都|均|all\b",
    "p": r"分之",
    "o": r"/|÷|(?:out of|of|from)\b",
    " ": r"里面有|裡面有|其中|结果|結果|只有|有|是|要求|的|了|[\s,;:、]|(?:the|are|were|is|was|and|which|them)\b",
    "t": r"一共|总共|總共|共",
    "d": r"抽查|抽检|抽檢|抽样|抽樣|抽取|抽|检查|檢查|查看|查|看|(?:sampled|checked|looked at|inspected|tested)\b",
    "w": r"里面|里|裡面|裡|当中|當中|中|内|內|(?:in total|in all|total)\b",
    "n": rf"{NUMBER}\s?(?:[{UNITS}]|(?:items|cases|records|samples|pieces)\b)?",
}
_WORD = re.compile("|".join(f"(?P<k{ord(kind)}>{word})" for kind, word in _WORDS.items()))

# The orders in which they make a sample: D is what was drawn, C what was counted as `say` says, R the rest.
_WORD_ORDERS = [
    re.compile(form)
    for form in (
        "(?P<C>n)o(?P<D>n)[dw]?(?P<say>[gb])?",
        "(?P<C>n)(?P<say>[gb])o(?P<D>n)[dw]?",
        "(?P<D>n)p(?P<C>n)(?P<say>[gb])?",
        "(?=[dot]|n[dw])[dot]*(?P<D>n)[dw]?(?P<C>n)(?P<say>[gb])((?P<R>n)(?!(?P=say))[gb])?",
        "(?=[dot]|n[dw])[dot]*(?P<D>n)[dw]?(?P<say>[gb])(?P<C>n)((?!(?P=say))[gb](?P<R>n))?",
        "[dt]*(?P<C>n)(?P<say>[gb])[dt]+(?P<D>n)[dw]?",
        "[dt]*(?P<say>[gb])(?P<C>n)[dt]+(?P<D>n)[dw]?",
        "[dt]*(?P<D>n)[dw]?a(?P<say>[gb])",
        "ao?(?P<D>n)(?P<say>[gb])",
    )
]


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """The two counts of a typed sample; they are not checked against each other."""

    sampled: int
    conforming: int


def parse_sample(text: str) -> SampleCounts | None:
    """Return the sample in the text; None where it is not certain."""
    words = _split_words(text.rstrip("。.! "))
    kinds = "".join(kind for kind, _ in words)
    found = next(filter(None, (form.fullmatch(kinds) for form in _WORD_ORDERS)), None)
    return _read_counts(found, [word for _, word in words]) if found else None


def _split_words(text: str) -> list[tuple[str, str]]:
    """Split the text into words with their kinds, numbers without units; empty where a word is unknown."""
    found, end = [], 0
    while end < len(text):
        match = _WORD.match(text, end)
        if match is None:
            return []
        end = match.end()
        kind = chr(int((match.lastgroup or "k0")[1:]))
        if kind != " ":
            found.append(
                (kind, match[0].rstrip(f" {UNITS}abcdefghijklmnopqrstuvwxyz") if kind == "n" else "")
            )
    return found


def _read_counts(match: re.Match[str], words: list[str]) -> SampleCounts | None:
    told = {name: parse_number(words[match.start(name)]) for name in "DCR" if match.groupdict().get(name)}
    drawn, counted = told["D"], told.get("C", told["D"])
    if drawn is None or counted is None or ("R" in told and told["R"] != drawn - counted):
        return None
    conforming = drawn - counted if match["say"] == "b" else counted
    return SampleCounts(drawn, conforming) if conforming >= 0 else None
