"""A case as the answer sheet that `xingping grade` reads: the same answers, so the same scorecard."""

import re
from typing import Any

import yaml

from dialogs import Case
from rubric import Answer, Met, NotApplicable, Sampled, Scheme

_UNUSUAL_BREAKS = re.compile("[\x85\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def answer_sheet(case: Case, scheme: Scheme, *, is_newest: bool = True) -> str:
    """Return the sheet as YAML text; it names the version when the scheme has a newer one.

    Left out: notes, evidence, conditions, and answers that belong to another scheme.
    """
    sheet = case.answer_sheet()
    value: dict[str, Any] = {
        "scheme": case.scheme if is_newest else f"{case.scheme}@{case.version}",
        "profile": {key: n for key, n in sheet.figures.items() if key in scheme.figure_by_id},
        "answers": {
            key: _answer(answer) for key, answer in sheet.answers.items() if key in scheme.indicator_by_id
        },
    }
    if sheet.special_deductions:
        value["special_deductions"] = [{"kind": d.kind, "note": d.note} for d in sheet.special_deductions]
    if sheet.bonus is not None:
        value["bonus"] = {"note": sheet.bonus}
    return _yaml(value)


def _answer(answer: Answer) -> Any:
    match answer:
        case Met():
            return "met"
        case Sampled(sampled, conforming):
            return {"sampled": sampled, "conforming": conforming}
        case NotApplicable(reason):
            return {"na": reason}
        case _:
            return "unmet"


class _SheetDumper(yaml.SafeDumper):
    """Writes text that a strict reader finds again: odd line breaks escaped, what it refuses replaced."""


def _represent_text(writer: _SheetDumper, text: str) -> yaml.ScalarNode:
    fit = _UNREADABLE.sub("\ufffd", text)
    return writer.represent_scalar(
        "tag:yaml.org,2002:str", fit, style='"' if _UNUSUAL_BREAKS.search(fit) else None
    )


_SheetDumper.add_representer(str, _represent_text)


def _yaml(value: dict[str, Any]) -> str:
    text: str = yaml.dump(
        value, Dumper=_SheetDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10**6
    )
    return text
