"""A reader of answer sheets in YAML (`xingping grade SHEET.yaml`), with all faults in one run."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from rubric.model.answers import Answer, AnswerSheet, SpecialDeduction
from rubric.model.scheme import Scheme
from rubric.parsing.document import YamlDocument, YamlPath, YamlValue, read_with_faults
from rubric.parsing.faults import quote_short
from rubric.sheets.answers import (
    SheetFaults,
    parse_answer,
    parse_note,
    parse_whole_number,
    reject_unknown_keys,
)

_KEYS = ["scheme", "profile", "answers", "special_deductions", "bonus"]


class SheetFaultsError(Exception):
    """A sheet that is not graded, with one line per fault, such as `SHEET.yaml: answers."5.1.1.2": …`."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


class SchemeLookup(Protocol):
    """The schemes that a sheet can name."""

    def names(self) -> list[str]: ...

    def scheme(self, name: str) -> Scheme: ...

    def version(self, scheme_id: str, version: str) -> Scheme: ...


def read_sheet(
    path: Path, schemes: SchemeLookup, default_answer: Answer | None = None
) -> tuple[Scheme, AnswerSheet]:
    """Read a sheet and its scheme; `default_answer` is for open indicators. Raises SheetFaultsError."""
    return check_sheet(read_with_faults(path), schemes, default_answer)


def check_sheet(
    document: YamlDocument, schemes: SchemeLookup, default_answer: Answer | None = None
) -> tuple[Scheme, AnswerSheet]:
    """Check a sheet that was read. Raises SheetFaultsError."""
    faults = SheetFaults(document)
    value = document.value
    if not isinstance(value, dict):
        if document.is_complete:
            faults.add((), f"a sheet is a mapping with the keys {', '.join(_KEYS)}")
        raise SheetFaultsError(faults.lines)
    scheme = _find_scheme(value.get("scheme"), schemes, faults)
    sheet = _parse_sheet(value, scheme, faults)
    for double in _duplicate_sheets(document):
        if "scheme" in double:
            _find_scheme(double["scheme"], schemes, faults)
        _parse_sheet(double, scheme, faults)
    if faults.lines or scheme is None:
        raise SheetFaultsError(faults.lines)
    return scheme, fill_unanswered(sheet, scheme, default_answer)


def fill_unanswered(sheet: AnswerSheet, scheme: Scheme, default_answer: Answer | None) -> AnswerSheet:
    """Return the sheet with `default_answer` for each open indicator, computed ones excepted."""
    if default_answer is None:
        return sheet
    rest = {i.id: default_answer for i in scheme.indicators if i.requires is None}
    return AnswerSheet(sheet.figures, rest | dict(sheet.answers), sheet.special_deductions, sheet.bonus)


def _duplicate_sheets(document: YamlDocument) -> Iterator[dict[str, YamlValue]]:
    """Yield the earlier value of each duplicate key as a sheet, so that its faults are reported as well."""
    for where, value in document.duplicates:
        match where:
            case (str(key),):
                yield {key: value}
            case (str(key), str(inner)):
                yield {key: {inner: value}}


def _parse_sheet(value: dict[str, YamlValue], scheme: Scheme | None, faults: SheetFaults) -> AnswerSheet:
    """Parse the sheet; without a scheme, only what needs none."""
    reject_unknown_keys(value, _KEYS, (), faults)
    return AnswerSheet(
        figures=_parse_figures(value.get("profile", {}), scheme, faults),
        answers=_parse_answers(value.get("answers", {}), scheme, faults),
        special_deductions=_parse_deductions(value.get("special_deductions", []), scheme, faults),
        bonus=_parse_bonus(value.get("bonus"), scheme, faults),
    )


def _find_scheme(value: YamlValue | None, schemes: SchemeLookup, faults: SheetFaults) -> Scheme | None:
    if value is None:
        faults.add(("scheme",), f"missing; allowed: {', '.join(schemes.names())}")
        return None
    if not isinstance(value, str):
        faults.add(("scheme",), "must be the name of a scheme")
        return None
    name, at, version = value.partition("@")
    try:
        return schemes.version(name, version) if at else schemes.scheme(name)
    except LookupError as error:
        faults.add(("scheme",), str(error.args[0]))
        return None


def _as_mapping(value: YamlValue, where: YamlPath, faults: SheetFaults) -> Mapping[str, YamlValue]:
    if isinstance(value, dict):
        return value
    if value != "":
        faults.add(where, "must be a mapping")
    return {}


def _parse_figures(value: YamlValue, scheme: Scheme | None, faults: SheetFaults) -> dict[str, int]:
    found = {}
    for name, given in _as_mapping(value, ("profile",), faults).items():
        where = ("profile", name)
        number = parse_whole_number(given, where, faults)
        figure = None if scheme is None else scheme.figure_by_id.get(name)
        if scheme is not None and figure is None:
            faults.add_unknown(where, name, list(scheme.figure_by_id))
        elif number is not None and figure is not None and number > figure.at_most:
            faults.add(where, f"{number} is more than {figure.at_most}")
        elif number is not None:
            found[name] = number
    return found


def _parse_answers(value: YamlValue, scheme: Scheme | None, faults: SheetFaults) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for key, given in _as_mapping(value, ("answers",), faults).items():
        where = ("answers", key)
        indicator = None if scheme is None else scheme.indicator_by_id.get(key)
        if scheme is not None and key in scheme.group_by_id:
            faults.add(where, _is_group(key, scheme))
            continue
        if indicator is not None and indicator.requires is not None:
            faults.add(where, "is computed from the profile; give the figures there and no answer here")
            continue
        if scheme is not None and indicator is None:
            faults.add_unknown(where, key, list(scheme.indicator_by_id))
        read = parse_answer(indicator, given, where, faults)
        if read is not None:
            found[key] = read
    return found


def _is_group(key: str, scheme: Scheme) -> str:
    members = [indicator.id for indicator in scheme.indicators_below(key)]
    return f"is a group, not an indicator; answer each of {', '.join(members)}"


def _parse_deductions(
    value: YamlValue, scheme: Scheme | None, faults: SheetFaults
) -> tuple[SpecialDeduction, ...]:
    if not isinstance(value, list):
        if value != "":
            faults.add(("special_deductions",), "must be a list of {kind: …, note: …}")
        return ()
    found = [
        _parse_deduction(item, ("special_deductions", n), scheme, faults) for n, item in enumerate(value)
    ]
    return tuple(item for item in found if item is not None)


def _parse_deduction(
    item: YamlValue, where: YamlPath, scheme: Scheme | None, faults: SheetFaults
) -> SpecialDeduction | None:
    if not isinstance(item, dict):
        faults.add(where, "must be {kind: …, note: …}")
        return None
    reject_unknown_keys(item, ["kind", "note"], where, faults)
    kind = _parse_kind(item.get("kind"), (*where, "kind"), scheme, faults)
    text = parse_note(item.get("note", ""), (*where, "note"), faults)
    return None if kind is None or text is None else SpecialDeduction(kind, text)


def _parse_kind(
    given: YamlValue | None, where: YamlPath, scheme: Scheme | None, faults: SheetFaults
) -> str | None:
    kinds = None if scheme is None else list(scheme.special_deductions.kinds)
    if isinstance(given, str) and (kinds is None or given in kinds):
        return given
    wrong = "missing" if given is None else "not text"
    if isinstance(given, str):
        wrong = f"{quote_short(given)} is not one of them"
    faults.add(where, wrong if kinds is None else f"{wrong}; allowed: {', '.join(kinds)}")
    return None


def _parse_bonus(value: YamlValue | None, scheme: Scheme | None, faults: SheetFaults) -> str | None:
    if value is None:
        return None
    if scheme is not None and not scheme.bonus.at_most:
        faults.add(("bonus",), "this scheme has no bonus")
        return None
    if not isinstance(value, dict):
        faults.add(("bonus",), "must be {note: …}")
        return None
    reject_unknown_keys(value, ["note"], ("bonus",), faults)
    return parse_note(value.get("note", ""), ("bonus", "note"), faults)
