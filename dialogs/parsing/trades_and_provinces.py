"""Trades and provinces: their codes, and how people name them."""

from functools import cache

from dialogs.language.catalogue import LOCALES, Words, sentences
from dialogs.parsing.intents import normalize

_TAILS = (
    "特别行政区",
    "維吾爾自治區",
    "维吾尔自治区",
    "壯族自治區",
    "壮族自治区",
    "回族自治区",
    "回族自治區",
)
_SHORT_TAILS = ("自治区", "自治區", "特別行政區", "省", "市", "province", "municipality")


@cache
def trades() -> tuple[str, ...]:
    """The trade codes offered, in order."""
    return _codes("trade")


@cache
def provinces() -> tuple[str, ...]:
    """The two-digit codes of GB/T 2260, in order."""
    return _codes("province")


def trade_name(words: Words, trade: str) -> str:
    """The trade in the words of the language; free text stays what was typed."""
    return words(f"trade.{trade}") if trade in trades() else trade


def province_name(words: Words, code: str) -> str:
    return words(f"province.{code}")


def trade_code(typed: str) -> str | None:
    """The code of a trade named in any language."""
    return _named("trade").get(normalize(typed))


def province_code(typed: str) -> str | None:
    """The code of a province named in any language, with or without 省, 市 or 自治区, or by its code."""
    plain = normalize(typed).replace("臺", "台")
    if plain in provinces():
        return plain
    named = _named("province")
    for tail in ("", *_TAILS, *_SHORT_TAILS):
        bare = plain.removesuffix(tail).strip() if tail else plain
        if bare in named:
            return named[bare]
    return None


def province_of_code(credit_code: str | None) -> str | None:
    """The province in which a unified social credit code was given out (its 3rd and 4th digits)."""
    code = credit_code[2:4] if credit_code else ""
    return code if code in provinces() else None


def _codes(prefix: str) -> tuple[str, ...]:
    keys = sentences(LOCALES[0])
    return tuple(key.partition(".")[2] for key in keys if key.startswith(f"{prefix}."))


@cache
def _named(prefix: str) -> dict[str, str]:
    return {
        normalize(sentences(locale)[f"{prefix}.{code}"]): code
        for locale in LOCALES
        for code in _codes(prefix)
    }
