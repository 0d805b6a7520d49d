"""An answer sheet in YAML (`xingping grade SHEET.yaml`): read, and every fault in it told in one run."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from rubric.document import Document, Value, Where, read_document
from rubric.faults import FaultsFoundError, brief
from rubric.model import Indicator, IndicatorType, Scheme
from rubric.sheet import Answer, Met, NotApplicable, Sampled, Sheet, SpecialDeduction, Unmet
from rubric.sheet_faults import SheetFaults

_WHOLE = re.compile(r"[0-9]{1,12}")
_LONGEST_NOTE = 2000
_KEYS = ["scheme", "profile", "answers", "special_deductions", "bonus"]
_ANSWER_FORMS = "met, unmet, {sampled: N, conforming: N} or {na: REASON}"


class SheetFaultsError(Exception):
    """A sheet that is not graded; `lines` say why, one a fault: `SHEET.yaml: answers."5.1.1.2": …`."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


class Schemes(Protocol):
    """Where a sheet's scheme is looked up."""

    def names(self) -> list[str]: ...

    def scheme(self, name: str) -> Scheme: ...


def read_sheet(path: Path, schemes: Schemes, every: Answer | None = None) -> tuple[Scheme, Sheet]:
    """The sheet and its scheme. `every` answers what the sheet does not name. Raises SheetFaultsError."""
    try:
        document = read_document(path)
    except FaultsFoundError as error:
        raise SheetFaultsError([str(fault) for fault in error.faults]) from error
    return check_sheet(document, schemes, every)


def check_sheet(document: Document, schemes: Schemes, every: Answer | None = None) -> tuple[Scheme, Sheet]:
    """The same for a document already read."""
    faults = SheetFaults(str(document.path))
    value = document.value
    if not isinstance(value, dict):
        raise SheetFaultsError([f"{document.path}: a sheet is a mapping with the keys {', '.join(_KEYS)}"])
    for key in value:
        if key not in _KEYS:
            faults.add_unknown((key,), key, _KEYS)
    scheme = _scheme(value.get("scheme"), schemes, faults)
    if scheme is None:
        raise SheetFaultsError(faults.lines)
    sheet = Sheet(
        figures=_figures(value.get("profile", {}), scheme, faults),
        answers=_answers(value.get("answers", {}), scheme, faults),
        special_deductions=_deductions(value.get("special_deductions", []), scheme, faults),
        bonus=_bonus(value.get("bonus"), scheme, faults),
    )
    if faults:
        raise SheetFaultsError(faults.lines)
    return scheme, fill(sheet, scheme, every)


def fill(sheet: Sheet, scheme: Scheme, every: Answer | None) -> Sheet:
    """The sheet with `every` for each indicator that it leaves open, computed ones excepted."""
    if every is None:
        return sheet
    rest = {i.id: every for i in scheme.indicators if i.requires is None}
    return Sheet(sheet.figures, rest | dict(sheet.answers), sheet.special_deductions, sheet.bonus)


def _scheme(value: Value | None, schemes: Schemes, faults: SheetFaults) -> Scheme | None:
    if value is None:
        faults.add(("scheme",), f"missing; allowed: {', '.join(schemes.names())}")
        return None
    if not isinstance(value, str):
        faults.add(("scheme",), "must be the name of a scheme")
        return None
    try:
        return schemes.scheme(value)
    except LookupError as error:
        faults.add(("scheme",), str(error.args[0]))
        return None


def _mapping(value: Value, where: Where, faults: SheetFaults) -> Mapping[str, Value]:
    if isinstance(value, dict):
        return value
    if value != "":
        faults.add(where, "must be a mapping")
    return {}


def _figures(value: Value, scheme: Scheme, faults: SheetFaults) -> dict[str, int]:
    found = {}
    for name, given in _mapping(value, ("profile",), faults).items():
        where = ("profile", name)
        if name not in scheme.figure_by_id:
            faults.add_unknown(where, name, list(scheme.figure_by_id))
            continue
        number = _whole(given, where, faults)
        if number is not None and number > scheme.figure_by_id[name].at_most:
            faults.add(where, f"{number} is more than {scheme.figure_by_id[name].at_most}")
        elif number is not None:
            found[name] = number
    return found


def _whole(value: Value, where: Where, faults: SheetFaults) -> int | None:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    shown = value if isinstance(value, str) and re.fullmatch(r"[ -~]{1,40}", value) else "this"
    faults.add(where, f"{shown} is not a whole number from 0 up (at most 12 digits)")
    return None


def _answers(value: Value, scheme: Scheme, faults: SheetFaults) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for key, given in _mapping(value, ("answers",), faults).items():
        where = ("answers", key)
        indicator = scheme.by_id.get(key)
        if key in scheme.group_by_id:
            faults.add(where, _is_group(key, scheme))
        elif indicator is None:
            faults.add_unknown(where, key, list(scheme.by_id))
        elif indicator.requires is not None:
            faults.add(where, "is computed from the profile; give the figures there and no answer here")
        else:
            answer = _answer(indicator, given, where, faults)
            if answer is not None:
                found[key] = answer
    return found


def _is_group(key: str, scheme: Scheme) -> str:
    members = [indicator.id for indicator in scheme.members(key)]
    return f"is a group, not an indicator; answer each of {', '.join(members)}"


def _answer(indicator: Indicator, given: Value, where: Where, faults: SheetFaults) -> Answer | None:
    if given == "met":
        return Met()
    if given == "unmet":
        return Unmet()
    if isinstance(given, dict) and set(given) == {"na"}:
        return _not_applicable(indicator, given["na"], where, faults)
    if isinstance(given, dict) and given and set(given) <= {"sampled", "conforming"}:
        return _sampled(indicator, given, where, faults)
    shown = brief(given) if isinstance(given, str) else "this"
    faults.add(where, f"{shown} is no answer; allowed: {_ANSWER_FORMS}")
    return None


def _not_applicable(indicator: Indicator, reason: Value, where: Where, faults: SheetFaults) -> Answer | None:
    if not indicator.deletable:
        faults.add(where, "not applicable is not allowed for this indicator")
        return None
    text = _note(reason, (*where, "na"), faults)
    if text is None:
        return None
    if not text.strip():
        faults.add((*where, "na"), "not applicable needs a reason")
        return None
    return NotApplicable(text.strip())


def _sampled(
    indicator: Indicator, given: dict[str, Value], where: Where, faults: SheetFaults
) -> Answer | None:
    if indicator.type is not IndicatorType.SAMPLED:
        faults.add(where, "is all or nothing (qualitative); allowed: met or unmet")
        return None
    counts = {}
    for key in ("sampled", "conforming"):
        if key not in given:
            faults.add((*where, key), "missing")
            continue
        number = _whole(given[key], (*where, key), faults)
        if number is not None:
            counts[key] = number
    if len(counts) < 2:
        return None
    sampled, conforming = counts["sampled"], counts["conforming"]
    if sampled == 0:
        faults.add((*where, "sampled"), "0 samples say nothing; leave the indicator out or sample at least 1")
        return None
    if conforming > sampled:
        faults.add((*where, "conforming"), f"{conforming} is more than sampled ({sampled})")
        return None
    return Sampled(sampled, conforming)


def _deductions(value: Value, scheme: Scheme, faults: SheetFaults) -> tuple[SpecialDeduction, ...]:
    if not isinstance(value, list):
        if value != "":
            faults.add(("special_deductions",), "must be a list of {kind: …, note: …}")
        return ()
    found = (_deduction(item, ("special_deductions", n), scheme, faults) for n, item in enumerate(value))
    return tuple(item for item in found if item is not None)


def _deduction(item: Value, where: Where, scheme: Scheme, faults: SheetFaults) -> SpecialDeduction | None:
    kinds = list(scheme.special_deductions.kinds)
    if not isinstance(item, dict):
        faults.add(where, "must be {kind: …, note: …}")
        return None
    for key in item:
        if key not in ("kind", "note"):
            faults.add_unknown((*where, key), key, ["kind", "note"])
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        faults.add((*where, "kind"), f"{_no_kind(kind)}; allowed: {', '.join(kinds)}")
        return None
    note = _note(item.get("note", ""), (*where, "note"), faults)
    return None if note is None else SpecialDeduction(kind, note)


def _no_kind(given: Value | None) -> str:
    if isinstance(given, str):
        return f"{brief(given)} is not one of them"
    return "missing" if given is None else "not text"


def _bonus(value: Value | None, scheme: Scheme, faults: SheetFaults) -> str | None:
    if value is None:
        return None
    if not scheme.bonus.at_most:
        faults.add(("bonus",), "this scheme has no bonus")
        return None
    if not isinstance(value, dict) or set(value) - {"note"}:
        faults.add(("bonus",), "must be {note: …}")
        return None
    return _note(value.get("note", ""), ("bonus", "note"), faults)


def _note(value: Value, where: Where, faults: SheetFaults) -> str | None:
    if not isinstance(value, str):
        faults.add(where, "must be text")
        return None
    if len(value) > _LONGEST_NOTE:
        faults.add(where, f"is longer than {_LONGEST_NOTE} characters")
        return None
    return value
