"""Looking it all over before the grade: what is open, deleted, without evidence."""

from collections.abc import Mapping, Sequence

from dialogs.assessment.carry_over import origin_of
from dialogs.flow.case_text import answered_count, example_clause, score_range
from dialogs.flow.navigator import fire, open_place
from dialogs.flow.order import conditions
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of
from rubric.model.fractions import format_exact

MOST_LISTED = 12
LONGEST_REASON = 80


class ReviewStep(Step):
    state = "review"

    def blocks(self, scene: Scene) -> list[Block]:
        done, total = answered_count(scene)
        place = block(scene, "place", "review.place", done=done, total=total, bar=formatting.bar(done, total))
        head = block(scene, "question", "review.question", range=score_range(scene))
        found = [*_open(scene), *_conditions(scene), *_deleted(scene), *_carried(scene), *_bare(scene)]
        found += _findings(scene)
        return [
            place,
            head,
            *found,
            *implausible_figures(scene),
            block(scene, "hint", "review.hint", example=example_clause(scene)),
        ]

    def choices(self, scene: Scene) -> Rows:
        first = [button(scene, "nav:submit", "review.submit")]
        still_open = scene.card.unanswered
        if still_open:
            first.append(button(scene, "walk:open", "review.walk", number=len(still_open)))
        jumps = [choice(f"open:{indicator}", indicator) for indicator in still_open[:MOST_LISTED]]
        fixes = [
            button(scene, f"fix:{one}", "review.fix", title=_title(scene, one))
            for one in _not_met(scene)[:MOST_LISTED]
        ]
        more = [button(scene, "profile"), button(scene, "to:deductions", "review.deductions")]
        if scene.scheme.bonus.at_most:
            more.append(button(scene, "to:bonus", "review.bonus"))
        return [first, *rows_of(jumps, 6), *rows_of(fixes, 3), more]

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:submit", "agree": "nav:submit"}

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "nav":
            fire(scene, "submit")
        elif kind == "walk":
            fill_in(scene, scene.card.unanswered[0], "open")
        elif kind == "open":
            fill_in(scene, what, "one")
        elif kind == "fix":
            scene.talk.draft["detour"] = "review"
            open_place(scene, Place("eligibility", what))
        else:
            open_place(scene, Place(what))
        return None


def fill_in(scene: Scene, indicator: str, walk: str) -> None:
    """Go to the question, and back to the review after it (`one`) or after every open one (`open`)."""
    open_place(scene, Place("scoring.question", indicator))
    scene.talk.draft["walk"] = walk


def implausible_figures(scene: Scene) -> list[Block]:
    """The figures that do not fit together, said wherever the case is summed up."""
    said = [formatting.reason(scene.words, why, scene.text) for why in scene.card.warnings]
    return [block(scene, "notice", "review.implausible", items="\n".join(said))] if said else []


def _listed(scene: Scene, items: Sequence[str], separator: str) -> str:
    """The first of the items, and how many more there are."""
    shown, rest = separator.join(items[:MOST_LISTED]), len(items) - MOST_LISTED
    return scene.words("review.and_more", items=shown, number=rest) if rest > 0 else shown


def _titles(scene: Scene, indicators: Sequence[str]) -> str:
    titles = [formatting.titled(scene.text, indicator) for indicator in indicators]
    return _listed(scene, titles, scene.words("list.separator"))


def _open(scene: Scene) -> list[Block]:
    found = scene.card.unanswered
    if not found:
        return [block(scene, "body", "review.nothing_open")]
    return [block(scene, "body", "review.open", number=len(found), items=_titles(scene, found))]


def _deleted(scene: Scene) -> list[Block]:
    items = [
        scene.words(
            "review.deleted_item",
            where=formatting.titled(scene.text, line.indicator),
            reason=formatting.shortened(str(line.why.values["reason"]), LONGEST_REASON),
        )
        for line in scene.card.lines
        if line.answer == "na"
    ]
    listed = _listed(scene, items, "\n")
    return [block(scene, "body", "review.deleted", number=len(items), items=listed)] if items else []


def _carried(scene: Scene) -> list[Block]:
    """Answers that nobody gave here."""
    found = [one for one in scene.scheme.indicator_by_id if origin_of(scene, one)]
    if not found:
        return []
    return [block(scene, "body", "review.carried", number=len(found), items=_titles(scene, found))]


def _bare(scene: Scene) -> list[Block]:
    """Answers that earn points and have no file behind them."""
    backed = scene.case.backed()
    bare = [line.indicator for line in scene.card.lines if line.earned and line.indicator not in backed]
    return [block(scene, "body", "review.bare", number=len(bare), items=_titles(scene, bare))] if bare else []


def _not_met(scene: Scene) -> list[str]:
    """The conditions that are unmet or were not asked yet."""
    given = scene.case.eligibility
    return [condition for condition in conditions(scene) if given.get(condition) in {None, "unmet"}]


def _title(scene: Scene, condition: str) -> str:
    return scene.text.eligibility[condition].title


def _conditions(scene: Scene) -> list[Block]:
    words, given = scene.words, scene.case.eligibility
    unmet = [_title(scene, one) for one in _not_met(scene) if one in given]
    found = [block(scene, "notice", "review.conditions", items=words.joined(unmet))] if unmet else []
    return [*found, *unasked_conditions(scene)]


def unasked_conditions(scene: Scene) -> list[Block]:
    """The conditions of applying that nobody has answered yet; a rehearsal does without."""
    unasked = [_title(scene, one) for one in _not_met(scene) if one not in scene.case.eligibility]
    if not unasked or scene.case.rehearsal:
        return []
    return [block(scene, "notice", "review.unasked", items=scene.words.joined(unasked))]


def _findings(scene: Scene) -> list[Block]:
    card = scene.card
    if not card.deductions and not card.bonus:
        return []
    return [
        block(scene, "body", "review.findings", deductions=card.deductions, bonus=format_exact(card.bonus))
    ]
