"""The answers and the faults of an answer sheet.

Where the indicator is not known, since its id or the whole scheme is not, its form is judged all the same.
"""

import re
from collections.abc import Sequence

from rubric.model.answers import Answer, Met, NotApplicable, Sampled, Unmet
from rubric.model.indicators import Indicator, IndicatorType
from rubric.parsing.document import YamlDocument, YamlPath, YamlValue
from rubric.parsing.faults import MAX_FAULTS, Fault, escape_unprintable, quote_short
from rubric.parsing.validation import unknown_name_message

_UNREADABLE_CODES = frozenset({"alias", "character", "key", "merge"})
"""(constant doc) Codes of faults of form that leave no value to check."""


class SheetFaults:
    """The faults of a sheet, such as `SHEET.yaml: answers."5.1.1.2".conforming: 41 is more than sampled (40)`.

    Faults of the document's form come first.
    """

    def __init__(self, document: YamlDocument) -> None:
        self._sheet = escape_unprintable(str(document.path))
        self._unread = {fault.where for fault in document.faults if fault.code in _UNREADABLE_CODES}
        self._lines: dict[str, None] = {}
        for fault in sorted(document.faults):
            self._lines[self._line(*_place_and_message(fault))] = None

    @property
    def lines(self) -> list[str]:
        """Return every fault once."""
        return list(self._lines)

    def add(self, where: YamlPath, message: str) -> None:
        if where not in self._unread:
            self._lines[self._line(_format_path(where), message)] = None

    def add_unknown(self, where: YamlPath, name: str, allowed: Sequence[str]) -> None:
        """Add a fault for an unknown name; the nearest name is suggested for the first few only."""
        full = len(self._lines) >= MAX_FAULTS
        self.add(
            where, f"{quote_short(name)} is unknown" if full else unknown_name_message(name, list(allowed))
        )

    def _line(self, place: str, message: str) -> str:
        return ": ".join(part for part in (self._sheet, place, message) if part)


def _place_and_message(fault: Fault) -> tuple[str, str]:
    """Return the path of the part and the message with its line; without a path the line and column."""
    if fault.where:
        return _format_path(fault.where), f"{fault.message} (line {fault.line})"
    return f"line {fault.line}, column {fault.column}" if fault.line else "", fault.message


def _format_path(where: YamlPath) -> str:
    return ".".join(_format_step(step) for step in where)


def _format_step(step: str | int) -> str:
    """Format a step of a path: plain if it is a word or a number, else in double quotes."""
    text = str(step)
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        return text
    return '"' + quote_short(text, 64)[1:-1].replace('"', '\\"') + '"'


MAX_NOTE_LENGTH = 2000
_ANSWER_FORMS = "met, unmet, {sampled: N, conforming: N} or {na: REASON}"
_COUNTS = ("sampled", "conforming")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,12}")


def parse_answer(
    indicator: Indicator | None, given: YamlValue, where: YamlPath, faults: SheetFaults
) -> Answer | None:
    """Parse the answer of an indicator; None where there is a fault."""
    if given == "met":
        return Met()
    if given == "unmet":
        return Unmet()
    if isinstance(given, dict) and given and not ("na" in given and given.keys() & {*_COUNTS}):
        return _parse_mapping(indicator, given, where, faults)
    shown = quote_short(given) if isinstance(given, str) else "this"
    faults.add(where, f"{shown} is no answer; allowed: {_ANSWER_FORMS}")
    return None


def reject_unknown_keys(
    given: dict[str, YamlValue], allowed: Sequence[str], where: YamlPath, faults: SheetFaults
) -> None:
    """Add a fault for each key that is not allowed."""
    for key in given:
        if key not in allowed:
            faults.add_unknown((*where, key), key, allowed)


def parse_whole_number(value: YamlValue, where: YamlPath, faults: SheetFaults) -> int | None:
    """Parse a whole number; None where there is a fault."""
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    shown = value if isinstance(value, str) and re.fullmatch(r"[ -~]{1,40}", value) else "this"
    faults.add(where, f"{shown} is not a whole number from 0 up (at most 12 digits)")
    return None


def parse_note(value: YamlValue, where: YamlPath, faults: SheetFaults) -> str | None:
    """Parse a note of the user; None where there is a fault."""
    if not isinstance(value, str):
        faults.add(where, "must be text")
        return None
    if len(value) > MAX_NOTE_LENGTH:
        faults.add(where, f"is longer than {MAX_NOTE_LENGTH} characters")
        return None
    return value


def _parse_mapping(
    indicator: Indicator | None, given: dict[str, YamlValue], where: YamlPath, faults: SheetFaults
) -> Answer | None:
    if "na" in given:
        reject_unknown_keys(given, ["na"], where, faults)
        return _parse_not_applicable(indicator, given["na"], where, faults)
    if given.keys() & {*_COUNTS}:
        reject_unknown_keys(given, _COUNTS, where, faults)
        return _parse_sampled(indicator, given, where, faults)
    reject_unknown_keys(given, [*_COUNTS, "na"], where, faults)
    return None


def _parse_not_applicable(
    indicator: Indicator | None, reason: YamlValue, where: YamlPath, faults: SheetFaults
) -> Answer | None:
    if indicator is not None and not indicator.deletable:
        faults.add(where, "not applicable is not allowed for this indicator")
        return None
    text = parse_note(reason, (*where, "na"), faults)
    if text is None:
        return None
    if not any(c.isprintable() and not c.isspace() for c in text):
        faults.add((*where, "na"), "not applicable needs a reason")
        return None
    return NotApplicable(text.strip())


def _parse_sampled(
    indicator: Indicator | None, given: dict[str, YamlValue], where: YamlPath, faults: SheetFaults
) -> Answer | None:
    if indicator is not None and indicator.type is not IndicatorType.SAMPLED:
        faults.add(where, "is all or nothing (qualitative); allowed: met or unmet")
        return None
    sampled, conforming = (_parse_count(given, key, where, faults) for key in _COUNTS)
    if sampled is None or conforming is None:
        return None
    if sampled == 0:
        faults.add((*where, "sampled"), "0 samples say nothing; leave the indicator out or sample at least 1")
        return None
    if conforming > sampled:
        faults.add((*where, "conforming"), f"{conforming} is more than sampled ({sampled})")
        return None
    return Sampled(sampled, conforming)


def _parse_count(given: dict[str, YamlValue], key: str, where: YamlPath, faults: SheetFaults) -> int | None:
    if key in given:
        return parse_whole_number(given[key], (*where, key), faults)
    faults.add((*where, key), "missing")
    return None
