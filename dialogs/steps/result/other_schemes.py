"""One organisation under several schemes: the grade in each, and the gap to the next grade."""

from dialogs.assessment.carry_over import find_answer_origin, linked_cases, preview_carry_over
from dialogs.assessment.cases import enter_case
from dialogs.assessment.other_schemes import assess_under, find_linked_case, list_other_schemes
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.language.scorecard_text import higher_grade_texts
from dialogs.model.dossier import Case
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import IndicatorScore, SchemeText, Scorecard

MOST_LOST_LISTED = 6


class OtherSchemesStep(Step):
    state = "companions"
    needs = "case"

    def blocks(self, scene: Scene) -> list[Block]:
        others = linked_cases(scene)
        if not others:
            return [block(scene, "question", "companions.question"), *_offer_blocks(scene)]
        cases = [scene.case, *others]
        standings = scene.words.join_items(_grade_text(scene, one) for one in cases)
        found = [block(scene, "question", "companions.compared", standings=standings)]
        found += [Block("body", _gap_text(scene, one)) for one in cases]
        return [*found, *_carried_hint(scene), *_offer_blocks(scene)]

    def choices(self, scene: Scene) -> ButtonRows:
        opened = [
            [button(scene, f"case:{one.id}", "companions.open", scheme=_text_of(scene, one).short)]
            for one in linked_cases(scene)
        ]
        begun = [
            [button(scene, f"also:{name}", "companions.begin", scheme=_scheme_text(scene, name).short)]
            for name in _offered_schemes(scene)
        ]
        return [*opened, *begun, [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "case":
            enter_case(scene, what)
        else:
            assess_under(scene, what)
        return None


def _offered_schemes(scene: Scene) -> list[str]:
    return [name for name in list_other_schemes(scene) if find_linked_case(scene, name) is None]


def _offer_blocks(scene: Scene) -> list[Block]:
    """Return the schemes that could be begun, and how much of each is answered already."""
    return [
        block(
            scene,
            "body",
            "companions.offer",
            scheme=f"{text.short} {text.title}",
            about=text.about,
            number=len(preview_carry_over(scene, name)),
            total=len(scene.library.scheme(name).indicators),
        )
        for name in _offered_schemes(scene)
        for text in [_scheme_text(scene, name)]
    ]


def _grade_text(scene: Scene, case: Case) -> str:
    text, card = _text_of(scene, case), _case_scorecard(scene, case)
    return scene.words(
        "companions.standing",
        scheme=text.short,
        grade=text.grades[card.grade],
        score=formatting.format_score(card.exact, scene.words),
    )


def _gap_text(scene: Scene, case: Case) -> str:
    """Return the lost points, the open questions, and the way to the next grade."""
    words, text, card = scene.words, _text_of(scene, case), _case_scorecard(scene, case)
    lines = [words("companions.scheme", scheme=f"{text.short} {text.title}")]
    lost = sorted((one for one in card.lines if one.answer != "open" and one.missing_points), key=_loss_order)
    if lost:
        items = words.join_items(_loss_text(scene, text, one) for one in lost[:MOST_LOST_LISTED])
        if len(lost) > MOST_LOST_LISTED:
            items = words("review.and_more", items=items, number=len(lost) - MOST_LOST_LISTED)
        lines.append(words("companions.lost", items=items))
    if card.unanswered:
        lines.append(words("companions.open_ones", number=len(card.unanswered)))
    return "\n".join([*lines, *higher_grade_texts(words, text, card)[:1]])


def _loss_order(line: IndicatorScore) -> float:
    return -float(line.missing_points)


def _loss_text(scene: Scene, text: SchemeText, line: IndicatorScore) -> str:
    where = formatting.format_indicator(text, line.indicator)
    return scene.words(
        "companions.lost_item", where=where, points=formatting.format_points(line.missing_points)
    )


def _carried_hint(scene: Scene) -> list[Block]:
    """Return how many of the answers here are carried over."""
    number = sum(1 for one in scene.scheme.indicator_by_id if find_answer_origin(scene, one))
    return [block(scene, "hint", "companions.shared", number=number)] if number else []


def _scheme_text(scene: Scene, scheme_id: str) -> SchemeText:
    return scene.library.text(scheme_id, scene.talk.locale)


def _text_of(scene: Scene, case: Case) -> SchemeText:
    return scene.library.pinned_text(case, scene.talk.locale)


def _case_scorecard(scene: Scene, case: Case) -> Scorecard:
    return case.compute_scorecard(scene.library.pinned_scheme(case))
