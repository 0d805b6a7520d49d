"""The answers in an answer sheet: one of the four forms each, and what the indicator allows of them.

Where the indicator is not known, since its id or the whole scheme is not, its form is judged all the same.
"""

import re
from collections.abc import Sequence

from rubric.document import Value, Where
from rubric.faults import brief
from rubric.indicators import Indicator, IndicatorType
from rubric.sheet import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.sheet_faults import SheetFaults

LONGEST_NOTE = 2000
_ANSWER_FORMS = "met, unmet, {sampled: N, conforming: N} or {na: REASON}"
_COUNTS = ("sampled", "conforming")
_WHOLE = re.compile(r"[0-9]{1,12}")


def answer(indicator: Indicator | None, given: Value, where: Where, faults: SheetFaults) -> Answer | None:
    """The answer to the indicator; None where there is a fault."""
    if given == "met":
        return Met()
    if given == "unmet":
        return Unmet()
    if isinstance(given, dict) and given and not ("na" in given and given.keys() & {*_COUNTS}):
        return _detailed(indicator, given, where, faults)
    shown = brief(given) if isinstance(given, str) else "this"
    faults.add(where, f"{shown} is no answer; allowed: {_ANSWER_FORMS}")
    return None


def refuse_others(given: dict[str, Value], allowed: Sequence[str], where: Where, faults: SheetFaults) -> None:
    """A fault for each key that is none of those allowed."""
    for key in given:
        if key not in allowed:
            faults.add_unknown((*where, key), key, allowed)


def whole(value: Value, where: Where, faults: SheetFaults) -> int | None:
    """A whole number; None where it is none."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    shown = value if isinstance(value, str) and re.fullmatch(r"[ -~]{1,40}", value) else "this"
    faults.add(where, f"{shown} is not a whole number from 0 up (at most 12 digits)")
    return None


def note(value: Value, where: Where, faults: SheetFaults) -> str | None:
    """Text of people's own; None where it is none."""
    if not isinstance(value, str):
        faults.add(where, "must be text")
        return None
    if len(value) > LONGEST_NOTE:
        faults.add(where, f"is longer than {LONGEST_NOTE} characters")
        return None
    return value


def _detailed(
    indicator: Indicator | None, given: dict[str, Value], where: Where, faults: SheetFaults
) -> Answer | None:
    if "na" in given:
        refuse_others(given, ["na"], where, faults)
        return _not_applicable(indicator, given["na"], where, faults)
    if given.keys() & {*_COUNTS}:
        refuse_others(given, _COUNTS, where, faults)
        return _sampled(indicator, given, where, faults)
    refuse_others(given, [*_COUNTS, "na"], where, faults)
    return None


def _not_applicable(
    indicator: Indicator | None, reason: Value, where: Where, faults: SheetFaults
) -> Answer | None:
    if indicator is not None and not indicator.deletable:
        faults.add(where, "not applicable is not allowed for this indicator")
        return None
    text = note(reason, (*where, "na"), faults)
    if text is None:
        return None
    if not any(c.isprintable() and not c.isspace() for c in text):
        faults.add((*where, "na"), "not applicable needs a reason")
        return None
    return NotApplicable(text.strip())


def _sampled(
    indicator: Indicator | None, given: dict[str, Value], where: Where, faults: SheetFaults
) -> Answer | None:
    if indicator is not None and indicator.type is not IndicatorType.SAMPLED:
        faults.add(where, "is all or nothing (qualitative); allowed: met or unmet")
        return None
    sampled, conforming = (_count(given, key, where, faults) for key in _COUNTS)
    if sampled is None or conforming is None:
        return None
    if sampled == 0:
        faults.add((*where, "sampled"), "0 samples say nothing; leave the indicator out or sample at least 1")
        return None
    if conforming > sampled:
        faults.add((*where, "conforming"), f"{conforming} is more than sampled ({sampled})")
        return None
    return Sampled(sampled, conforming)


def _count(given: dict[str, Value], key: str, where: Where, faults: SheetFaults) -> int | None:
    if key in given:
        return whole(given[key], (*where, key), faults)
    faults.add((*where, key), "missing")
    return None
