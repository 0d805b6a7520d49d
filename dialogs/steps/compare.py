"""The assessments of this enterprise side by side, oldest first."""

from dialogs import wording
from dialogs.assessment import cases_of, enter_case
from dialogs.messages import Block, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from rubric.model import base_of
from rubric.score import Scorecard, score

MOST_CASES = 8


class Compare(Step):
    state = "compare"

    def blocks(self, scene: Scene) -> list[Block]:
        lines = [_line(scene, case) for case in _latest(scene)]
        return [block(scene, "question", "compare.question"), Block("body", "\n\n".join(lines))]

    def choices(self, scene: Scene) -> Rows:
        cases = scene.dossier.cases
        others = [
            [button(scene, f"case:{one}", "compare.open", date=cases[one].opened_at.date())]
            for one in _latest(scene)
            if one != scene.talk.case
        ]
        return [*others, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        enter_case(scene, pressed.removeprefix("case:"))
        return None


def _latest(scene: Scene) -> list[str]:
    return cases_of(scene, scene.organisation.id)[-MOST_CASES:]


def _line(scene: Scene, case_id: str) -> str:
    words, case = scene.words, scene.dossier.cases[case_id]
    card = score(scene.library.pinned(case), case.sheet())
    text = scene.library.pinned_text(case, scene.talk.locale)
    groups = words.joined(
        words("compare.group", title=text.groups[group], earned=wording.points(total.earned))
        for group, total in card.groups.items()
    )
    values = {
        "date": case.opened_at.date().isoformat(),
        "scheme": text.short,
        "score": wording.shown(card.exact, words),
        "grade": text.grades[card.grade],
        "groups": groups,
        "open": len(card.unanswered),
    }
    if base_of(case.scheme) != base_of(scene.case.scheme):
        return words("compare.case_elsewhere", **values)
    return words("compare.case", changed=_changed(scene, card), **values)


def _changed(scene: Scene, card: Scorecard) -> int:
    """How many indicators earn something else than in the case being worked on."""
    here = {line.indicator: line.earned for line in scene.card.lines}
    return sum(1 for line in card.lines if here.get(line.indicator) != line.earned)
