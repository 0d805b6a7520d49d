"""A case as the answer sheet that `xingping grade` reads: the same answers, so the same scorecard."""

from typing import Any

import yaml

from dialogs.dossier import Case
from rubric.sheet import Answer, Met, NotApplicable, Sampled


def answer_sheet(case: Case) -> str:
    """The sheet as YAML text. What the sheet has no place for (notes, evidence, eligibility) is left out."""
    sheet = case.sheet()
    value: dict[str, Any] = {
        "scheme": case.scheme,
        "profile": dict(sheet.figures),
        "answers": {key: _answer(answer) for key, answer in sheet.answers.items()},
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


def _yaml(value: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10**6
    )
    return text
