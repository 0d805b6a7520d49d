"""The assessments of this organisation compared, oldest first."""

from dialogs.assessment.cases import enter_case, list_case_ids
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.dossier import Case
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import IndicatorScore, Scorecard, base_scheme_id

MOST_CASES = 8
MOST_LINES = 12
LONGEST_WHY = 40


class CompareCasesStep(Step):
    state = "compare"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        lines = [_case_line(scene, case) for case in _latest_ids(scene)]
        return [
            block(scene, "question", "compare.question"),
            Block("body", "\n\n".join(lines)),
            *_changes_block(scene),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        cases = scene.dossier.cases
        others = [
            [button(scene, f"case:{one}", "compare.open", date=cases[one].opened_at.date())]
            for one in _latest_ids(scene)
            if one != scene.talk.case
        ]
        return [*others, [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        enter_case(scene, pressed.removeprefix("case:"))
        return None


def _changes_block(scene: Scene) -> list[Block]:
    """Return the lines that differ from the assessment before this one."""
    before = _previous_case(scene)
    if before is None:
        return []
    old = before.compute_scorecard(scene.library.pinned_scheme(before))
    lines = [
        line
        for line in scene.scorecard.lines
        if _is_different(old.line_by_indicator.get(line.indicator), line)
    ]
    if not lines:
        return [block(scene, "body", "compare.same", date=before.opened_at.date().isoformat())]
    said = [_change_line(scene, old, line) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        said.append(scene.words("compare.more", number=len(lines) - MOST_LINES))
    heading = scene.words("compare.since", date=before.opened_at.date().isoformat(), number=len(lines))
    return [Block("body", "\n".join([heading, *said]))]


def _previous_case(scene: Scene) -> Case | None:
    """Return the newest assessment under the same scheme that was opened before the open one."""
    cases = list_case_ids(scene, scene.organisation.id)
    earlier = [scene.dossier.cases[one] for one in cases[: cases.index(scene.case.id)]]
    same = [one for one in earlier if base_scheme_id(one.scheme) == base_scheme_id(scene.case.scheme)]
    return same[-1] if same else None


def _is_different(old: IndicatorScore | None, new: IndicatorScore) -> bool:
    return old is None or (old.earned, old.answer, old.why) != (new.earned, new.answer, new.why)


def _change_line(scene: Scene, old: Scorecard, new: IndicatorScore) -> str:
    """`5.1.3.1 专项经费：不符合 → 符合（＋2）`"""
    words, text, before = scene.words, scene.text, old.line_by_indicator.get(new.indicator)
    gain = new.earned - (before.earned if before else 0)
    sign = "＋" if gain > 0 else "−" if gain < 0 else "±"
    return words(
        "compare.line",
        where=formatting.format_indicator(text, new.indicator),
        then=_reason_text(scene, before) if before else words("compare.not_asked"),
        now=_reason_text(scene, new),
        gain=f"{sign}{formatting.format_points(abs(gain))}",
    )


def _reason_text(scene: Scene, line: IndicatorScore) -> str:
    return formatting.shorten(formatting.format_reason(scene.words, line.why, scene.text), LONGEST_WHY)


def _latest_ids(scene: Scene) -> list[str]:
    return list_case_ids(scene, scene.organisation.id)[-MOST_CASES:]


def _case_line(scene: Scene, case_id: str) -> str:
    words, case = scene.words, scene.dossier.cases[case_id]
    card = case.compute_scorecard(scene.library.pinned_scheme(case))
    text = scene.library.pinned_text(case, scene.talk.locale)
    groups = words.join_items(
        words("compare.group", title=text.groups[group], earned=formatting.format_points(total.earned))
        for group, total in card.groups.items()
    )
    values = {
        "date": case.opened_at.date().isoformat(),
        "scheme": text.short,
        "score": formatting.format_score(card.exact, words),
        "grade": text.grades[card.grade],
        "groups": groups,
        "open": len(card.unanswered),
    }
    if base_scheme_id(case.scheme) != base_scheme_id(scene.case.scheme):
        return words("compare.case_elsewhere", **values)
    return words("compare.case", changed=_changed_count(scene, card), **values)


def _changed_count(scene: Scene, card: Scorecard) -> int:
    """Return how many indicators earn other points than in the open case."""
    here = {line.indicator: line.earned for line in scene.scorecard.lines}
    return sum(1 for line in card.lines if here.get(line.indicator) != line.earned)
