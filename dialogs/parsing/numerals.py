"""Whole numbers in digits or Chinese numerals. The text must be normalized (`dialogs.parsing.intents.normalize`)."""

import re

UNITS = "人名位个個家處处間间份次件条條单單台例項项批張张户戶笔筆套起"
_CHINESE = "〇一二三四五六七八九零两兩壹贰貳叁參肆伍陆陸柒捌玖十百千万萬廿卅拾佰仟"
NUMBER = rf"(?:[0-9]{{1,12}}|[{_CHINESE}]{{1,12}})"
_COUNT = re.compile(
    rf"(?:一共|总共|總共|共有|共)?(?:([0-9]{{1,4}})([千万萬])|({NUMBER}))(?:[{UNITS}]|people|persons|staff)?(?:左右)?"
)
_COMMAS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")

_SIMPLE_NUMERALS = str.maketrans(
    "零两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬", "〇二二一二二三三四五六六七八九十百千万"
)
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_DIGITS = "〇一二三四五六七八九"
_BELOW_WAN = re.compile(
    "(?:(?P<k>D)千)?(?:(?P<h>D)百)?(?:(?:(?<!百)〇)?(?P<t>D)十)?(?:(?P<z>(?<!十)〇)?(?P<u>D))?".replace(
        "D", "[一二三四五六七八九]"
    )
)
# 一千二 at the end is 1200; before 万 nobody says it.
_SHORTENED = re.compile("[千百][一二三四五六七八九]$")


def parse_number(numeral: str) -> int | None:
    """Return the number that the whole text is; None where that is not certain."""
    if numeral.isdecimal():
        return int(numeral)
    plain = numeral.translate(_SIMPLE_NUMERALS).translate(_TENS)
    if not set(plain) - set(_DIGITS):
        return _parse_digits(plain)
    high, wan, low = plain.partition("万")
    if not wan:
        return _parse_below_wan(high)
    thousands, rest = _parse_below_wan(high), _parse_after_wan(low)
    if thousands is None or rest is None or _SHORTENED.search(high):
        return None
    return thousands * 10_000 + rest


def parse_count(text: str) -> int | None:
    """Return the count that the text is: `2800`, `2,800人`, `两千八百左右`; None where it is not one number."""
    match = _COUNT.fullmatch(re.sub(r"\s", "", _COMMAS.sub("", text)).rstrip("。.!"))
    if match is None:
        return None
    if match[1]:
        return int(match[1]) * (1000 if match[2] == "千" else 10_000)
    return parse_number(match[3])


def _parse_digits(digits: str) -> int | None:
    """Parse 二八〇〇. But 两三 is two or three, and 三七 is not how 37 is written: several digits need a 〇."""
    if len(digits) > 1 and ("〇" not in digits or digits[0] == "〇"):
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in digits))


def _parse_after_wan(text: str) -> int | None:
    """Parse 一万〇五 and 一万二千 in full; in 两万五 the last digit counts thousands."""
    if not text:
        return 0
    if len(text) == 1:
        return _parse_below_wan(f"{text}千")
    return _parse_below_wan(text.removeprefix("〇")) if text[0] == "〇" or text[1] == "千" else None


def _parse_below_wan(text: str) -> int | None:
    """Parse a number below 10,000: in 一千二 the last digit counts hundreds, in 一千〇二 ones."""
    match = _BELOW_WAN.fullmatch(f"一{text}" if text.startswith("十") else text)
    if match is None or not text or text[0] == "〇":
        return None
    k, h, t, u = (_DIGITS.index(match[place] or "〇") for place in "khtu")
    last = 1 if match["z"] or match["t"] or not (match["h"] or match["k"]) else 10 if match["h"] else 100
    return k * 1000 + h * 100 + t * 10 + u * last
