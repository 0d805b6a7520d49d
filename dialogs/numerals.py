"""Whole numbers as people type them: digits, and Chinese numerals. The text must be folded (see `parse.folded`)."""

import re

UNITS = "人名位个個家处處间間份次件条條单單台例项項批张張户戶笔筆套起"
_DIGITS = "零〇一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
NUMBER = rf"(?:[0-9]{{1,12}}|[{_DIGITS}十百千万萬廿卅拾佰仟]{{1,12}})"
_COUNT = re.compile(
    rf"(?:一共|总共|總共|共有|共)?({NUMBER}|[0-9]{{1,4}}[千万萬])(?:[{UNITS}]|people|persons|staff)?(?:左右)?"
)
# 两三 is two or three, and nobody writes 37 as 三七; 二〇〇 and 二八〇〇 are written that way.
_SEVERAL = re.compile(rf"(?!.*[零〇])[{_DIGITS}]{{2,}}")
_TO_SIMPLE = str.maketrans({"兩": "两", "萬": "万", "廿": "二十", "卅": "三十"})


def number(text: str) -> int | None:
    """The number that the whole text is; None where it is none for certain."""
    if re.fullmatch("[0-9]{1,12}", text):
        return int(text)
    if _SEVERAL.fullmatch(text):
        return None
    import cn2an  # type: ignore[import-untyped]  # a fifth of a second, and few people type Chinese numerals

    try:
        value = cn2an.cn2an(text.translate(_TO_SIMPLE), "smart")
    except ValueError:
        return None
    return int(value) if value == int(value) else None


def count(text: str) -> int | None:
    """The count that the text is: `2800`, `2,800人`, `两千八百左右`; None where it is not one number."""
    match = _COUNT.fullmatch(re.sub(r"(?<=[0-9]),(?=[0-9]{3})|\s", "", text).rstrip("。.!"))
    return number(match[1]) if match else None
