"""Nonconformities and their corrective actions, from the record to the verification of effectiveness."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import DatePrompt, TextPrompt, ask_day, ask_text
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.dossier import Case
from dialogs.model.messages import Problem
from dialogs.model.records import FindingRecorded
from dialogs.model.values import Nonconformity
from dialogs.parsing.dates.parser import format_short_date
from dialogs.parsing.intents import normalize
from rubric import Scheme, SpecialDeduction, base_scheme_id

TEXT_FIELDS = ("cause", "action", "person", "proof")
FIELD_SEQUENCE = ("cause", "action", "person", "due")
"""What is asked right after a finding was recorded; each may be passed."""


def latest_case(scene: Scene) -> Case | None:
    """Return the organisation's newest assessment under the certification's base scheme."""
    about = scene.certification.organisation, base_scheme_id(scene.certification.scheme)
    cases = [
        one for one in scene.dossier.cases.values() if (one.organisation, base_scheme_id(one.scheme)) == about
    ]
    return max(cases, key=lambda case: case.opened_at, default=None)


def uncovered_deductions(scene: Scene) -> dict[str, SpecialDeduction]:
    """Return the special deductions without a nonconformity: each must be corrected (R4)."""
    case, covered = latest_case(scene), {one.deduction for one in scene.certification.findings.values()}
    return {key: one for key, one in case.deductions.items() if key not in covered} if case else {}


def is_overdue(scene: Scene, nonconformity: Nonconformity) -> bool:
    return (
        nonconformity.verified is None
        and nonconformity.done is None
        and nonconformity.due is not None
        and nonconformity.due < scene.today
    )


def progress_line(scene: Scene) -> str:
    found = scene.certification.findings.values()
    closed = sum(one.verified is not None for one in found)
    overdue = sum(is_overdue(scene, one) for one in found)
    line = scene.words("findings.progress", closed=closed, total=len(found))
    return line + (scene.words("findings.overdue", number=overdue) if overdue else "")


def nonconformity_state(scene: Scene, nonconformity: Nonconformity) -> str:
    """`verified`, `done`, `overdue`, `planned` where there is an action and a day, else `open`."""
    if nonconformity.verified is not None:
        return "verified"
    if nonconformity.done is not None:
        return "done"
    if is_overdue(scene, nonconformity):
        return "overdue"
    return "planned" if nonconformity.action and nonconformity.due else "open"


def begin_nonconformity(scene: Scene) -> None:
    ask_text(scene, "finding_indicator")


def record_from_deduction(scene: Scene, key: str) -> None:
    """Record a nonconformity for a special deduction, and ask for its corrective action."""
    found = uncovered_deductions(scene)[key]
    _record_new(scene, Nonconformity("", found.note, deduction=key))


def _example_values(scene: Scene, _: str) -> dict[str, object]:
    return {"example": _certification_scheme(scene).indicators[0].id}


def _certification_scheme(scene: Scene) -> Scheme:
    return scene.library.pinned_scheme(scene.certification)


def _take_indicator(scene: Scene, _: str, typed: str) -> Problem | None:
    scheme = _certification_scheme(scene)
    clause = re.sub(r"^(?:第|clause)\s*|\s*(?:条|條|款)?[.。]?$", "", normalize(typed))
    if clause not in scheme.indicator_by_id:
        first = scheme.indicators[0].id
        return Problem("no_such_clause", scene.words("finding.no_such_clause", typed=typed[:20], first=first))
    ask_text(scene, "finding_what", clause)
    return None


def _take_description(scene: Scene, indicator: str, typed: str) -> Problem | None:
    _record_new(scene, Nonconformity(indicator, typed))
    return None


def _record_new(scene: Scene, nonconformity: Nonconformity) -> None:
    key = _new_key(scene, nonconformity)
    record_value(scene, FindingRecorded, key, nonconformity)
    scene.add_message("finding.saved", "saved")
    open_place(scene, Place("finding", key))
    scene.talk.draft["chain"] = "yes"
    _ask_for(scene, key, FIELD_SEQUENCE[0])


def _new_key(scene: Scene, nonconformity: Nonconformity) -> str:
    """Return a key made from the content, so that a button never refers to another nonconformity."""
    keys = (
        hashlib.sha256(f"{nonconformity.indicator}\n{nonconformity.what}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.certification.findings)


def ask_nonconformity_field(scene: Scene, key: str, field: str) -> None:
    """Ask for one field of a nonconformity."""
    scene.talk.draft.pop("chain", None)
    _ask_for(scene, key, field)


def _ask_for(scene: Scene, key: str, field: str) -> None:
    if field in {"due", "done", "verified"}:
        ask_day(scene, f"finding_{field}", key)
    else:
        ask_text(scene, f"finding_{field}", key)


def _ask_following(scene: Scene, key: str, field: str) -> None:
    following = FIELD_SEQUENCE[FIELD_SEQUENCE.index(field) + 1 :] if field in FIELD_SEQUENCE else ()
    if "chain" in scene.talk.draft and following:
        _ask_for(scene, key, following[0])
        return
    scene.talk.draft.pop("chain", None)
    open_place(scene, Place("finding", key), back=True)


def _record_field(scene: Scene, key: str, field: str, value: object) -> None:
    finding = scene.certification.findings.get(key)
    if finding is None:  # a colleague removed it meanwhile
        scene.add_message("finding.gone")
        open_place(scene, Place("findings"), back=True)
        return
    record_value(scene, FindingRecorded, key, replace(finding, **{field: value}))  # type: ignore[arg-type]
    _ask_following(scene, key, field)


def _text_prompt(field: str) -> TextPrompt:
    def take(scene: Scene, key: str, typed: str) -> Problem | None:
        if typed:
            _record_field(scene, key, field, typed)
        else:
            _ask_following(scene, key, field)
        return None

    return TextPrompt(take, is_optional=True, values=_prompt_values)


def _date_prompt(field: str, *, future: bool) -> DatePrompt:
    def take(scene: Scene, key: str, day: date | None) -> Problem | None:
        refused = None if day is None or future else _find_order_problem(scene, key, field, day)
        if refused is None:
            _record_field(scene, key, field, day)
        return refused

    if future:
        return DatePrompt(
            take, direction="future", offered_days=(7, 14, 30), is_optional=True, values=_prompt_values
        )
    return DatePrompt(take, values=_prompt_values)


def _find_order_problem(scene: Scene, key: str, field: str, day: date) -> Problem | None:
    """Return the problem where the verification would be before the corrective action."""
    finding = scene.certification.findings.get(key)
    if finding is None:
        return None
    if field == "verified" and finding.done is not None and day < finding.done:
        return Problem(
            "too_early", scene.words("finding.too_early", day=format_short_date(finding.done, scene.words))
        )
    if field == "done" and finding.verified is not None and day > finding.verified:
        limit = format_short_date(finding.verified, scene.words)
        return Problem("too_late", scene.words("finding.too_late", day=limit))
    return None


def _prompt_values(scene: Scene, key: str) -> Mapping[str, object]:
    finding = scene.certification.findings.get(key)
    return {"what": finding.what if finding else ""}


DATE_PROMPTS: Mapping[str, DatePrompt] = {
    "finding_due": _date_prompt("due", future=True),
    "finding_done": _date_prompt("done", future=False),
    "finding_verified": _date_prompt("verified", future=False),
}
TEXT_PROMPTS: Mapping[str, TextPrompt] = {
    "finding_indicator": TextPrompt(_take_indicator, values=_example_values),
    "finding_what": TextPrompt(_take_description),
    **{f"finding_{field}": _text_prompt(field) for field in TEXT_FIELDS},
}
