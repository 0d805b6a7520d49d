"""Looking it all over before the grade: what is open, deleted, without evidence; then asking once."""

from dialogs import wording
from dialogs.conversation import Place
from dialogs.events import CaseSubmitted, GradeComputed
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, rows_of
from rubric.numbers import plain

MOST_LISTED = 12


class Review(Step):
    state = "review"
    on_yes = "nav:submit"

    def blocks(self, scene: Scene) -> list[Block]:
        done, total = wording.answered_count(scene)
        place = block(scene, "place", "review.place", done=done, total=total, bar=wording.bar(done, total))
        head = block(scene, "question", "review.question", range=wording.span(scene))
        found = [*_open(scene), *_conditions(scene), *_deleted(scene), *_bare(scene), *_findings(scene)]
        return [place, head, *found, *implausible_figures(scene), block(scene, "hint", "review.hint")]

    def choices(self, scene: Scene) -> Rows:
        first = [button(scene, "nav:submit", "review.submit")]
        unanswered = scene.card.unanswered
        if unanswered:
            first.append(button(scene, "walk:open", "review.walk", number=len(unanswered)))
        jumps = [Button(f"open:{indicator}", indicator) for indicator in unanswered[:MOST_LISTED]]
        fixes = [
            button(scene, f"fix:{one}", "review.fix", title=_title(scene, one)) for one in _failed(scene)
        ]
        more = [
            button(scene, "profile"),
            button(scene, "to:deductions", "review.deductions"),
            *([button(scene, "to:bonus", "review.bonus")] if scene.scheme.bonus.at_most else []),
        ]
        return [first, *rows_of(jumps, 6), *rows_of(fixes, 3), more]

    def press(self, scene: Scene, button: str) -> Problem | None:
        kind, _, what = button.partition(":")
        if button == "nav:submit":
            scene.fire("submit")
        elif kind == "walk":
            scene.open(Place("scoring.question", scene.card.unanswered[0]))
            scene.talk.draft["walk"] = "open"
        elif kind == "open":
            scene.open(Place("scoring.question", what))
            scene.talk.draft["walk"] = "one"
        elif kind == "fix":
            scene.talk.draft["detour"] = "review"
            scene.open(Place("eligibility", what))
        else:
            scene.open(Place(what or button))
        return None


class Confirm(Step):
    """Submitting is asked once."""

    state = "confirm"
    on_yes = "nav:submit"
    on_no = "nav:back"

    def blocks(self, scene: Scene) -> list[Block]:
        number = len(scene.card.unanswered)
        found = [block(scene, "question", "confirm.question")]
        if number:
            found.append(block(scene, "notice", "confirm.open", number=number))
        return [*found, block(scene, "hint", "confirm.hint")]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "nav:submit", "confirm.submit")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        card = scene.card
        scene.record(CaseSubmitted, "", scene.now.isoformat(), undoable=False)
        exact = None if card.exact is None else plain(card.exact)
        shown = None if card.exact is None else wording.shown(card.exact, scene.words)
        scene.happen(GradeComputed(scene.case.id, card.grade, shown, exact))
        scene.fire("submit")
        return None


def implausible_figures(scene: Scene) -> list[Block]:
    """The figures that do not fit together, said wherever the case is summed up."""
    said = [wording.reason(scene.words, why, scene.text) for why in scene.card.warnings]
    return [block(scene, "notice", "review.implausible", items="\n".join(said))] if said else []


def _listed(scene: Scene, indicators: list[str]) -> str:
    shown = [wording.titled(scene, indicator) for indicator in indicators[:MOST_LISTED]]
    rest = len(indicators) - len(shown)
    listed = scene.words.joined(shown)
    return scene.words("review.and_more", items=listed, number=rest) if rest > 0 else listed


def _open(scene: Scene) -> list[Block]:
    found = list(scene.card.unanswered)
    if not found:
        return [block(scene, "body", "review.nothing_open")]
    return [block(scene, "body", "review.open", number=len(found), items=_listed(scene, found))]


def _deleted(scene: Scene) -> list[Block]:
    words = scene.words
    items = [
        words(
            "review.deleted_item",
            where=wording.titled(scene, line.indicator),
            reason=line.why.values["reason"],
        )
        for line in scene.card.lines
        if line.answer == "na"
    ]
    return (
        [block(scene, "body", "review.deleted", number=len(items), items="\n".join(items))] if items else []
    )


def _bare(scene: Scene) -> list[Block]:
    """Answers that earn points and have no file behind them."""
    backed = scene.case.backed()
    bare = [line.indicator for line in scene.card.lines if line.earned and line.indicator not in backed]
    return [block(scene, "body", "review.bare", number=len(bare), items=_listed(scene, bare))] if bare else []


def _failed(scene: Scene) -> list[str]:
    given = scene.case.eligibility
    return [question.id for question in scene.scheme.eligibility if given.get(question.id) in (None, "unmet")]


def _title(scene: Scene, question: str) -> str:
    return scene.text.eligibility[question].title


def _conditions(scene: Scene) -> list[Block]:
    words, given = scene.words, scene.case.eligibility
    titles = [_title(scene, one) for one in _failed(scene) if given.get(one) == "unmet"]
    unasked = [_title(scene, one) for one in _failed(scene) if one not in given]
    found = [block(scene, "notice", "review.conditions", items=words.joined(titles))] if titles else []
    if unasked:
        found.append(block(scene, "body", "review.unasked", items=words.joined(unasked)))
    return found


def _findings(scene: Scene) -> list[Block]:
    card = scene.card
    if not card.deductions and not card.bonus:
        return []
    return [block(scene, "body", "review.findings", deductions=card.deductions, bonus=plain(card.bonus))]
