"""Special deductions (R4) and the bonus (R5)."""

import hashlib
from itertools import count

from dialogs import wording
from dialogs.conversation import Place
from dialogs.events import BonusRecorded, DeductionRecorded
from dialogs.messages import Block, Button, Problem
from dialogs.parse import cleaned
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from rubric.numbers import plain
from rubric.sheet import SpecialDeduction

LONGEST_NOTE = 500


def note_of(scene: Scene, text: str) -> str | Problem:
    """A finding described in free text, or what is wrong with it."""
    note = cleaned(text)
    if len(note) < 2:
        return Problem("too_short", scene.words("input.too_short"))
    return (
        note
        if len(note) <= LONGEST_NOTE
        else Problem("too_long", scene.words("input.too_long", most=LONGEST_NOTE))
    )


class Deductions(Step):
    """Lists the findings so far; another one of each kind can be added, any taken back."""

    state = "deductions"
    on_no = "nav:next"

    def blocks(self, scene: Scene) -> list[Block]:
        words, rule, text = scene.words, scene.scheme.special_deductions, scene.text
        kinds = "\n".join(
            words("deductions.kind", label=text.deductions[kind].label, hint=text.deductions[kind].hint)
            for kind in rule.kinds
        )
        listed = "\n".join(
            words("deductions.item", number=number, kind=text.deductions[one.kind].label, note=one.note)
            for number, one in enumerate(scene.case.deductions.values(), start=1)
        )
        found = [
            block(scene, "place", "deductions.place"),
            block(scene, "question", "deductions.question", each=plain(rule.each), fail_at=rule.fail_at),
            Block("body", kinds),
        ]
        if listed:
            found.append(block(scene, "body", "deductions.listed", items=listed))
        if scene.card.veto:
            found.append(block(scene, "notice", "deductions.veto", number=scene.card.deductions))
        return found

    def choices(self, scene: Scene) -> Rows:
        text = scene.text.deductions
        kinds = [
            Button(f"deduction:{kind}", text[kind].label) for kind in scene.scheme.special_deductions.kinds
        ]
        taken = [
            [Button(f"withdraw:{key}", scene.words("deductions.withdraw", number=number))]
            for number, key in enumerate(scene.case.deductions, start=1)
        ]
        key = "deductions.done" if taken else "deductions.none"
        return [[button(scene, "nav:next", key)], kinds, *taken]

    def press(self, scene: Scene, button: str) -> Problem | None:
        kind, _, what = button.partition(":")
        if kind == "deduction":
            scene.fire("ask_note")
            scene.talk.cursor = what
        elif kind == "withdraw":
            scene.record(DeductionRecorded, what, None)
            scene.tell("deductions.withdrawn", "saved", range=wording.span(scene))
        else:
            scene.fire("advance")
        return None


class DeductionNote(Step):
    """What was found, for a deduction of the kind under the cursor."""

    state = "deductions.note"

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.deductions[scene.talk.cursor]
        return [
            block(scene, "place", "deductions.place"),
            block(scene, "question", "deductions.describe", label=text.label),
            Block("hint", text.hint),
        ]

    def press(self, scene: Scene, button: str) -> Problem | None:
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        note = note_of(scene, text)
        if isinstance(note, Problem):
            return note
        found = SpecialDeduction(scene.talk.cursor, note)
        scene.record(DeductionRecorded, _key(scene, found), found)
        scene.tell("deductions.saved", "saved", number=scene.card.deductions, range=wording.span(scene))
        scene.open(Place("deductions"), back=True)
        return None


def _key(scene: Scene, found: SpecialDeduction) -> str:
    """A key made of the finding itself, so that a button for it can never come to mean another one."""
    for number in count():
        key = hashlib.sha256(f"{found.kind}\n{found.note}\n{number}".encode()).hexdigest()[:12]
        if key not in scene.case.deductions:
            return key
    raise AssertionError


class Bonus(Step):
    """At most one, described in words; passing it claims none."""

    state = "bonus"
    on_yes = "bonus:claim"
    on_no = "nav:next"

    def blocks(self, scene: Scene) -> list[Block]:
        text = scene.text.bonus
        found = [block(scene, "place", "bonus.place")]
        if scene.talk.draft.get("claim"):
            return [*found, block(scene, "question", "bonus.describe"), Block("hint", text.hint)]
        found += [Block("question", text.question), Block("hint", text.hint)]
        if scene.case.bonus:
            found.append(block(scene, "body", "bonus.claimed", note=scene.case.bonus[""]))
        return [*found, block(scene, "hint", "bonus.how", points=plain(scene.scheme.bonus.points))]

    def choices(self, scene: Scene) -> Rows:
        if scene.case.bonus:
            keep = button(scene, "nav:next", "button.keep")
            return [
                [
                    keep,
                    button(scene, "bonus:claim", "bonus.again"),
                    button(scene, "bonus:none", "bonus.withdraw"),
                ]
            ]
        first = [button(scene, "nav:next", "bonus.pass")]
        return [
            first if scene.talk.draft.get("claim") else [*first, button(scene, "bonus:claim", "bonus.claim")]
        ]

    def press(self, scene: Scene, button: str) -> Problem | None:
        if button == "bonus:claim":
            scene.talk.draft["claim"] = "yes"
            return None
        if button == "bonus:none" and scene.record(BonusRecorded, "", None):
            scene.tell("bonus.withdrawn", "saved", range=wording.span(scene))
        scene.fire("advance")
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        if not scene.talk.draft.get("claim"):
            return self.not_understood(scene)
        note = note_of(scene, text)
        if isinstance(note, Problem):
            return note
        scene.record(BonusRecorded, "", note)
        scene.tell("bonus.saved", "saved", range=wording.span(scene))
        scene.fire("advance")
        return None
