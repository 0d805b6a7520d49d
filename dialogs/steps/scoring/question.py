"""The screen of an indicator: the question, guidance on demand, and all ways to answer."""

from collections.abc import Mapping

from dialogs.assessment.answers import record_answer
from dialogs.assessment.carry_over import find_answer_origin
from dialogs.flow.navigator import fire, open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Button, Problem
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import ButtonRows, block, button, yes_no_buttons
from dialogs.steps.scoring.computed_indicator import calculation_block, calculation_rows
from dialogs.steps.scoring.guidance import guidance_blocks
from dialogs.steps.scoring.indicator_step import IndicatorStep, place_block
from dialogs.steps.scoring.sample_counts import record_sample
from rubric import IndicatorType, Met, Unmet

LONGEST_SHOWN = 300


class QuestionStep(IndicatorStep):
    """Asks the indicator under the cursor."""

    state = "scoring.question"
    role = "walk"
    has_cursor = True

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.indicators[scene.talk.cursor]
        asking = Block(
            "question", f"{formatting.format_indicator(scene.text, scene.talk.cursor)}\n{text.question}"
        )
        shows_guide = scene.talk.draft.get("guide") == scene.talk.cursor
        return [
            place_block(scene),
            asking,
            _scoring_hint(scene, text.sample),
            *_present_block(scene),
            *(guidance_blocks(scene) if shows_guide else []),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        rows = calculation_rows(scene) if scene.indicator.requires is not None else _answer_rows(scene)
        return [*rows, [button(scene, "guide"), button(scene, "evidence")]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        if scene.indicator.requires is not None:
            return {"yes": "nav:next", "agree": "nav:next"}
        return yes_no_buttons(scene.text.indicators[scene.talk.cursor].question)

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if pressed in {"answer:met", "answer:unmet"}:
            record_answer(scene, scene.talk.cursor, Met() if what == "met" else Unmet())
            fire(scene, "advance")
        elif pressed in {"answer:sample", "answer:na"}:
            fire(scene, "ask_sample" if what == "sample" else "ask_reason")
        elif kind == "field":
            _correct_figure(scene, what)
        elif pressed == "guide":
            _toggle_guide(scene)
        elif pressed == "evidence":
            open_place(scene, scene.talk.place._replace(state="scoring.evidence"))
        else:
            _skip_or_advance(scene, pressed)
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        counts = utterance.sample
        return self.not_understood_problem(scene) if counts is None else record_sample(scene, counts)

    def not_understood_problem(self, scene: Scene) -> Problem:
        indicator = scene.indicator
        key = f"not_understood.question_{indicator.type.value}{'_deletable' if indicator.deletable else ''}"
        return Problem("not_understood", scene.words(key, indicator=indicator.id))


def _scoring_hint(scene: Scene, sample: str | None) -> Block:
    """Return how it is scored: computed, in proportion to a sample, or met or unmet."""
    if scene.indicator.requires is not None:
        return calculation_block(scene, scene.indicator.requires)
    if sample:
        return block(scene, "hint", "question.sampled", sample=sample)
    return block(scene, "hint", "question.qualitative")


def _answer_rows(scene: Scene) -> ButtonRows:
    indicator = scene.indicator
    second: list[Button] = []
    if indicator.type is IndicatorType.SAMPLED:
        second.append(button(scene, "answer:sample"))
    if indicator.deletable:
        second.append(button(scene, "answer:na"))
    known = indicator.id in scene.case.answers
    second.append(button(scene, "nav:next") if known else button(scene, "answer:skip"))
    return [[button(scene, "answer:met"), button(scene, "answer:unmet")], second]


def _correct_figure(scene: Scene, figure: str) -> None:
    """Ask for the figure again, and return to this question."""
    scene.talk.draft["detour"] = "scoring.question"
    open_place(scene, scene.talk.place._replace(state="organisation", cursor=figure))


def _toggle_guide(scene: Scene) -> None:
    draft, indicator = scene.talk.draft, scene.talk.cursor
    if draft.get("guide") == indicator:
        del draft["guide"]
    else:
        draft["guide"] = indicator


def _skip_or_advance(scene: Scene, pressed: str) -> None:
    if pressed == "answer:skip":
        scene.add_message(
            "question.skipped", "saved", where=formatting.format_indicator(scene.text, scene.talk.cursor)
        )
    fire(scene, "advance")


def _present_block(scene: Scene) -> list[Block]:
    """Return what is recorded here: the answer, the note, the files."""
    case, words, indicator = scene.case, scene.words, scene.talk.cursor
    found = []
    if indicator in case.answers:
        found.append(_answer_text(scene, indicator))
    if indicator in case.notes:
        note = formatting.shorten(case.notes[indicator], LONGEST_SHOWN)
        found.append(words("question.note", note=note))
    files = [file.name for file in case.evidence_for(indicator).values()]
    if files:
        names = formatting.shorten(words.join_items(files), LONGEST_SHOWN)
        found.append(words("question.files", number=len(files), names=names))
    return [Block("body", "\n".join(found))] if found else []


def _answer_text(scene: Scene, indicator: str) -> str:
    """Return the answer, with its author or the case that it was carried over from."""
    words, case = scene.words, scene.case
    said, origin = (
        formatting.format_answer(words, case.answers[indicator]),
        find_answer_origin(scene, indicator),
    )
    if origin is None:
        who = _author_text(scene, case.answered_by.get(indicator, ""))
        return words("question.present", answer=said) + who
    there, indicators = origin
    short = scene.library.pinned_text(there, scene.talk.locale).short
    lines = [words("question.carried", scheme=short, indicators=words.join_items(indicators), answer=said)]
    for one in indicators:
        if one in there.notes:
            note = formatting.shorten(there.notes[one], LONGEST_SHOWN)
            lines.append(words("question.note_there", scheme=short, indicator=one, note=note))
    return "\n".join(lines)


def _author_text(scene: Scene, contact: str) -> str:
    """Return the colleague who gave the answer; empty for the contact."""
    names = scene.dossier.contact_names
    if contact == scene.dossier.contact.id or not names.get(contact):
        return ""
    return scene.words("question.by", name=names[contact])
