"""The same enterprise under several schemes: where it stands in each, what separates it from the next grade."""

from dialogs.assessment.carry_over import carriable, companions_of, origin_of
from dialogs.assessment.cases import enter_case
from dialogs.assessment.other_schemes import companion_under, grade_under, reachable
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.language.scorecard_text import ways_up
from dialogs.model.dossier import Case
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button
from rubric.model.texts import SchemeText
from rubric.scoring.scorecard import IndicatorScore, Scorecard

MOST_LOST = 6


class OtherSchemesStep(Step):
    state = "companions"

    def blocks(self, scene: Scene) -> list[Block]:
        others = companions_of(scene)
        if not others:
            return [block(scene, "question", "companions.question"), *_offers(scene)]
        cases = [scene.case, *others]
        standings = scene.words.joined(_standing(scene, one) for one in cases)
        found = [block(scene, "question", "companions.compared", standings=standings)]
        found += [Block("body", _separates(scene, one)) for one in cases]
        return [*found, *_shared(scene), *_offers(scene)]

    def choices(self, scene: Scene) -> Rows:
        opened = [
            [button(scene, f"case:{one.id}", "companions.open", scheme=_text(scene, one.scheme).short)]
            for one in companions_of(scene)
        ]
        begun = [
            [button(scene, f"also:{name}", "companions.begin", scheme=_text(scene, name).short)]
            for name in _offered(scene)
        ]
        return [*opened, *begun, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "case":
            enter_case(scene, what)
        else:
            grade_under(scene, what)
        return None


def _offered(scene: Scene) -> list[str]:
    return [name for name in reachable(scene) if companion_under(scene, name) is None]


def _offers(scene: Scene) -> list[Block]:
    """What could be begun, and how much of it is answered already."""
    return [
        block(
            scene,
            "body",
            "companions.offer",
            scheme=f"{text.short} {text.title}",
            about=text.about,
            number=len(carriable(scene, name)),
            total=len(scene.library.scheme(name).indicators),
        )
        for name in _offered(scene)
        for text in [_text(scene, name)]
    ]


def _standing(scene: Scene, case: Case) -> str:
    text, card = _text(scene, case.scheme), _card(scene, case)
    return scene.words(
        "companions.standing",
        scheme=text.short,
        grade=text.grades[card.grade],
        score=formatting.shown(card.exact, scene.words),
    )


def _separates(scene: Scene, case: Case) -> str:
    """Where points were lost, what is open, and the way to the next grade."""
    words, text, card = scene.words, _text(scene, case.scheme), _card(scene, case)
    lines = [words("companions.scheme", scheme=f"{text.short} {text.title}")]
    lost = sorted((one for one in card.lines if one.answer != "open" and one.missing_points), key=_by_loss)
    if lost:
        items = words.joined(_lost(scene, text, one) for one in lost[:MOST_LOST])
        if len(lost) > MOST_LOST:
            items = words("review.and_more", items=items, number=len(lost) - MOST_LOST)
        lines.append(words("companions.lost", items=items))
    if card.unanswered:
        lines.append(words("companions.open_ones", number=len(card.unanswered)))
    return "\n".join([*lines, *ways_up(words, text, card)[:1]])


def _by_loss(line: IndicatorScore) -> float:
    return -float(line.missing_points)


def _lost(scene: Scene, text: SchemeText, line: IndicatorScore) -> str:
    where = formatting.titled(text, line.indicator)
    return scene.words("companions.lost_item", where=where, points=formatting.points(line.missing_points))


def _shared(scene: Scene) -> list[Block]:
    """How many of the answers here are carried over."""
    number = sum(1 for one in scene.scheme.indicator_by_id if origin_of(scene, one))
    return [block(scene, "hint", "companions.shared", number=number)] if number else []


def _text(scene: Scene, scheme_id: str) -> SchemeText:
    return scene.library.text(scheme_id, scene.talk.locale)


def _card(scene: Scene, case: Case) -> Scorecard:
    return case.graded(scene.library.pinned_scheme(case))
