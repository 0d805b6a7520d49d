"""Nonconformities and their corrective actions: recorded against an indicator, closed when somebody saw it work."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import AskedDay, AskedText, ask_day, ask_text
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.dossier import Case
from dialogs.model.messages import Problem
from dialogs.model.records import FindingRecorded
from dialogs.model.values import Nonconformity
from dialogs.parsing.dates.parser import short_date
from dialogs.parsing.intents import normalize
from rubric.model.answers import SpecialDeduction
from rubric.model.scheme import Scheme, base_scheme_id

TEXT_FIELDS = ("cause", "action", "person", "proof")
CHAIN = ("cause", "action", "person", "due")
"""What is asked right after a finding was recorded; each may be passed."""


def newest_case(scene: Scene) -> Case | None:
    """The organisation's assessment that the audit is about: the newest under the scheme, whatever lies over it."""
    about = scene.certification.organisation, base_scheme_id(scene.certification.scheme)
    cases = [
        one for one in scene.dossier.cases.values() if (one.organisation, base_scheme_id(one.scheme)) == about
    ]
    return max(cases, key=lambda case: case.opened_at, default=None)


def uncovered(scene: Scene) -> dict[str, SpecialDeduction]:
    """The special deductions that no finding is about yet: each must be rectified (R4)."""
    case, covered = newest_case(scene), {one.deduction for one in scene.certification.findings.values()}
    return {key: one for key, one in case.deductions.items() if key not in covered} if case else {}


def is_overdue(scene: Scene, finding: Nonconformity) -> bool:
    return (
        finding.verified is None
        and finding.done is None
        and finding.due is not None
        and finding.due < scene.today
    )


def progress_line(scene: Scene) -> str:
    found = scene.certification.findings.values()
    closed = sum(one.verified is not None for one in found)
    overdue = sum(is_overdue(scene, one) for one in found)
    line = scene.words("findings.progress", closed=closed, total=len(found))
    return line + (scene.words("findings.overdue", number=overdue) if overdue else "")


def state_of(scene: Scene, finding: Nonconformity) -> str:
    """`verified`, `done`, `overdue`, `planned` where there is an action and a day, else `open`."""
    if finding.verified is not None:
        return "verified"
    if finding.done is not None:
        return "done"
    if is_overdue(scene, finding):
        return "overdue"
    return "planned" if finding.action and finding.due else "open"


def begin(scene: Scene) -> None:
    ask_text(scene, "finding_indicator")


def from_deduction(scene: Scene, key: str) -> None:
    """A finding of its own for a special deduction; asks for its corrective action."""
    found = uncovered(scene)[key]
    _keep_new(scene, Nonconformity("", found.note, deduction=key))


def _example(scene: Scene, _: str) -> dict[str, object]:
    return {"example": _certified_under(scene).indicators[0].id}


def _certified_under(scene: Scene) -> Scheme:
    return scene.library.pinned_scheme(scene.certification)


def _indicator(scene: Scene, _: str, typed: str) -> Problem | None:
    scheme = _certified_under(scene)
    clause = re.sub(r"^(?:第|clause)\s*|\s*(?:条|條|款)?[.。]?$", "", normalize(typed))
    if clause not in scheme.indicator_by_id:
        first = scheme.indicators[0].id
        return Problem("no_such_clause", scene.words("finding.no_such_clause", typed=typed[:20], first=first))
    ask_text(scene, "finding_what", clause)
    return None


def _what(scene: Scene, indicator: str, typed: str) -> Problem | None:
    _keep_new(scene, Nonconformity(indicator, typed))
    return None


def _keep_new(scene: Scene, finding: Nonconformity) -> None:
    key = _key(scene, finding)
    record_value(scene, FindingRecorded, key, finding)
    scene.add_message("finding.saved", "saved")
    open_place(scene, Place("finding", key))
    scene.talk.draft["chain"] = "yes"
    _ask_next(scene, key, CHAIN[0])


def _key(scene: Scene, finding: Nonconformity) -> str:
    """Made of the finding itself, so that a button for it can never come to mean another one."""
    keys = (
        hashlib.sha256(f"{finding.indicator}\n{finding.what}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.certification.findings)


def ask_field(scene: Scene, key: str, field: str) -> None:
    """Ask for one field of a finding."""
    scene.talk.draft.pop("chain", None)
    _ask_next(scene, key, field)


def _ask_next(scene: Scene, key: str, field: str) -> None:
    if field in {"due", "done", "verified"}:
        ask_day(scene, f"finding_{field}", key)
    else:
        ask_text(scene, f"finding_{field}", key)


def _go_on_after(scene: Scene, key: str, field: str) -> None:
    following = CHAIN[CHAIN.index(field) + 1 :] if field in CHAIN else ()
    if "chain" in scene.talk.draft and following:
        _ask_next(scene, key, following[0])
        return
    scene.talk.draft.pop("chain", None)
    open_place(scene, Place("finding", key), back=True)


def _set(scene: Scene, key: str, field: str, value: object) -> None:
    finding = scene.certification.findings.get(key)
    if finding is None:  # a colleague removed it meanwhile
        scene.add_message("finding.gone")
        open_place(scene, Place("findings"), back=True)
        return
    record_value(scene, FindingRecorded, key, replace(finding, **{field: value}))  # type: ignore[arg-type]
    _go_on_after(scene, key, field)


def _text_of(field: str) -> AskedText:
    def take(scene: Scene, key: str, typed: str) -> Problem | None:
        if typed:
            _set(scene, key, field, typed)
        else:
            _go_on_after(scene, key, field)
        return None

    return AskedText(take, can_pass=True, values=_values)


def _day_of(field: str, *, future: bool) -> AskedDay:
    def take(scene: Scene, key: str, day: date | None) -> Problem | None:
        refused = None if day is None or future else _out_of_order(scene, key, field, day)
        if refused is None:
            _set(scene, key, field, day)
        return refused

    if future:
        return AskedDay(take, towards="future", offers=(7, 14, 30), can_pass=True, values=_values)
    return AskedDay(take, values=_values)


def _out_of_order(scene: Scene, key: str, field: str, day: date) -> Problem | None:
    """What was done is seen to work on that day or later."""
    finding = scene.certification.findings.get(key)
    if finding is None:
        return None
    if field == "verified" and finding.done is not None and day < finding.done:
        return Problem(
            "too_early", scene.words("finding.too_early", day=short_date(finding.done, scene.words))
        )
    if field == "done" and finding.verified is not None and day > finding.verified:
        limit = short_date(finding.verified, scene.words)
        return Problem("too_late", scene.words("finding.too_late", day=limit))
    return None


def _values(scene: Scene, key: str) -> Mapping[str, object]:
    finding = scene.certification.findings.get(key)
    return {"what": finding.what if finding else ""}


DAYS: Mapping[str, AskedDay] = {
    "finding_due": _day_of("due", future=True),
    "finding_done": _day_of("done", future=False),
    "finding_verified": _day_of("verified", future=False),
}
TEXTS: Mapping[str, AskedText] = {
    "finding_indicator": AskedText(_indicator, values=_example),
    "finding_what": AskedText(_what),
    **{f"finding_{field}": _text_of(field) for field in TEXT_FIELDS},
}
