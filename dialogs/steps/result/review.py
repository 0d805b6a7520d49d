"""The review before the grade: open, deleted and carried answers, and answers without evidence."""

from collections.abc import Mapping, Sequence

from dialogs.assessment.carry_over import find_answer_origin
from dialogs.flow.case_text import answered_count, example_clause, score_range
from dialogs.flow.navigator import fire, open_place
from dialogs.flow.order import condition_ids
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button
from rubric import format_exact

MOST_LISTED = 12
LONGEST_REASON = 80


class ReviewStep(Step):
    state = "review"
    role = "walk"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        done, total = answered_count(scene)
        place = block(
            scene, "place", "review.place", done=done, total=total, bar=formatting.format_bar(done, total)
        )
        head = block(scene, "question", "review.question", range=score_range(scene))
        found = [
            *_open_block(scene),
            *_condition_blocks(scene),
            *_deleted_block(scene),
            *_carried_block(scene),
            *_unsupported_block(scene),
        ]
        found += _adjustment_block(scene)
        return [
            place,
            head,
            *found,
            *implausible_figures(scene),
            block(scene, "hint", "review.hint", example=example_clause(scene)),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        first = [button(scene, "nav:submit", "review.submit")]
        still_open = scene.scorecard.unanswered
        if still_open:
            first.append(button(scene, "walk:open", "review.walk", number=len(still_open)))
        jumps = [labelled_button(f"open:{indicator}", indicator) for indicator in still_open[:MOST_LISTED]]
        fixes = [
            button(scene, f"fix:{one}", "review.fix", title=_condition_title(scene, one))
            for one in _unmet_conditions(scene)[:MOST_LISTED]
        ]
        more = [button(scene, "profile"), button(scene, "to:deductions", "review.deductions")]
        if scene.scheme.bonus.at_most:
            more.append(button(scene, "to:bonus", "review.bonus"))
        return [first, *arrange_rows(jumps, 6), *arrange_rows(fixes, 3), more]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "nav:submit", "agree": "nav:submit"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "nav":
            fire(scene, "submit")
        elif kind == "walk":
            ask_and_return(scene, scene.scorecard.unanswered[0], "open")
        elif kind == "open":
            ask_and_return(scene, what, "one")
        elif kind == "fix":
            scene.talk.draft["detour"] = "review"
            open_place(scene, Place("eligibility", what))
        else:
            open_place(scene, Place(what))
        return None


def ask_and_return(scene: Scene, indicator: str, walk: str) -> None:
    """Ask the question, then return to the review after it (`one`) or after all open ones (`open`)."""
    open_place(scene, Place("scoring.question", indicator))
    scene.talk.draft["walk"] = walk


def implausible_figures(scene: Scene) -> list[Block]:
    """Return a notice about figures that do not fit together."""
    said = [formatting.format_reason(scene.words, why, scene.text) for why in scene.scorecard.warnings]
    return [block(scene, "notice", "review.implausible", items="\n".join(said))] if said else []


def _first_items(scene: Scene, items: Sequence[str], separator: str) -> str:
    """The first of the items, and how many more there are."""
    shown, rest = separator.join(items[:MOST_LISTED]), len(items) - MOST_LISTED
    return scene.words("review.and_more", items=shown, number=rest) if rest > 0 else shown


def _titles(scene: Scene, indicators: Sequence[str]) -> str:
    titles = [formatting.format_indicator(scene.text, indicator) for indicator in indicators]
    return _first_items(scene, titles, scene.words("list.separator"))


def _open_block(scene: Scene) -> list[Block]:
    found = scene.scorecard.unanswered
    if not found:
        return [block(scene, "body", "review.nothing_open")]
    return [block(scene, "body", "review.open", number=len(found), items=_titles(scene, found))]


def _deleted_block(scene: Scene) -> list[Block]:
    items = [
        scene.words(
            "review.deleted_item",
            where=formatting.format_indicator(scene.text, line.indicator),
            reason=formatting.shorten(str(line.why.values["reason"]), LONGEST_REASON),
        )
        for line in scene.scorecard.lines
        if line.answer == "na"
    ]
    listed = _first_items(scene, items, "\n")
    return [block(scene, "body", "review.deleted", number=len(items), items=listed)] if items else []


def _carried_block(scene: Scene) -> list[Block]:
    """Return the answers that were carried over."""
    found = [one for one in scene.scheme.indicator_by_id if find_answer_origin(scene, one)]
    if not found:
        return []
    return [block(scene, "body", "review.carried", number=len(found), items=_titles(scene, found))]


def _unsupported_block(scene: Scene) -> list[Block]:
    """Return the answers that earn points without evidence."""
    backed = scene.case.indicators_with_evidence()
    bare = [line.indicator for line in scene.scorecard.lines if line.earned and line.indicator not in backed]
    return [block(scene, "body", "review.bare", number=len(bare), items=_titles(scene, bare))] if bare else []


def _unmet_conditions(scene: Scene) -> list[str]:
    """Return the conditions that are unmet or have no answer."""
    given = scene.case.eligibility
    return [condition for condition in condition_ids(scene) if given.get(condition) in {None, "unmet"}]


def _condition_title(scene: Scene, condition: str) -> str:
    return scene.text.eligibility[condition].title


def _condition_blocks(scene: Scene) -> list[Block]:
    words, given = scene.words, scene.case.eligibility
    unmet = [_condition_title(scene, one) for one in _unmet_conditions(scene) if one in given]
    found = [block(scene, "notice", "review.conditions", items=words.join_items(unmet))] if unmet else []
    return [*found, *unasked_conditions(scene)]


def unasked_conditions(scene: Scene) -> list[Block]:
    """Return a notice about conditions without an answer; none in a rehearsal."""
    unasked = [
        _condition_title(scene, one) for one in _unmet_conditions(scene) if one not in scene.case.eligibility
    ]
    if not unasked or scene.case.rehearsal:
        return []
    return [block(scene, "notice", "review.unasked", items=scene.words.join_items(unasked))]


def _adjustment_block(scene: Scene) -> list[Block]:
    card = scene.scorecard
    if not card.deductions and not card.bonus:
        return []
    return [
        block(scene, "body", "review.findings", deductions=card.deductions, bonus=format_exact(card.bonus))
    ]
