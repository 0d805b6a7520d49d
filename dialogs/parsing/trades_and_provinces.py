"""The codes of trades and provinces, and their names. The text to find them in must be normalized."""

from functools import cache

from dialogs.language.catalogue import LOCALES, Catalogue, sentences
from dialogs.parsing.intents import normalize

_LONG_SUFFIXES = (
    "特别行政区",
    "維吾爾自治區",
    "维吾尔自治区",
    "壯族自治區",
    "壮族自治区",
    "回族自治区",
    "回族自治區",
)
_SHORT_SUFFIXES = ("自治区", "自治區", "特別行政區", "省", "市", "province", "municipality")


@cache
def trade_codes() -> tuple[str, ...]:
    """The trade codes offered, in order."""
    return _codes("trade")


@cache
def province_codes() -> tuple[str, ...]:
    """The two-digit codes of GB/T 2260, in order."""
    return _codes("province")


def trade_name(words: Catalogue, trade: str) -> str:
    """Return the trade's name in the language; free text stays as it is."""
    return words(f"trade.{trade}") if trade in trade_codes() else trade


def province_name(words: Catalogue, code: str) -> str:
    return words(f"province.{code}")


def find_trade(text: str) -> str | None:
    """The code of a trade named in any language."""
    return _code_by_name("trade").get(text)


def find_province(text: str) -> str | None:
    """The code of a province named in any language, with or without 省, 市 or 自治区, or by its code."""
    plain = text.replace("臺", "台")
    if plain in province_codes():
        return plain
    named = _code_by_name("province")
    for tail in ("", *_LONG_SUFFIXES, *_SHORT_SUFFIXES):
        bare = plain.removesuffix(tail).strip() if tail else plain
        if bare in named:
            return named[bare]
    return None


def province_of_credit_code(credit_code: str | None) -> str | None:
    """Return the province that issued a unified social credit code (its 3rd and 4th digits)."""
    code = credit_code[2:4] if credit_code else ""
    return code if code in province_codes() else None


def _codes(prefix: str) -> tuple[str, ...]:
    keys = sentences(LOCALES[0])
    return tuple(key.partition(".")[2] for key in keys if key.startswith(f"{prefix}."))


@cache
def _code_by_name(prefix: str) -> dict[str, str]:
    return {
        normalize(sentences(locale)[f"{prefix}.{code}"]): code
        for locale in LOCALES
        for code in _codes(prefix)
    }
