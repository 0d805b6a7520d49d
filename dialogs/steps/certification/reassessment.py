"""Before a surveillance: what would be asked again and why, and what is carried over."""

from collections import Counter

from dialogs.certification import reassessment
from dialogs.certification.nonconformities import newest_case
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button

MOST_LISTED = 15


class ReassessmentStep(Step):
    state = "refresh"

    def blocks(self, scene: Scene) -> list[Block]:
        case = newest_case(scene)
        if case is None:
            return [block(scene, "question", "refresh.nothing")]
        again = reassessment.asked_again(scene, case)
        text = scene.library.pinned_text(case, scene.talk.locale)
        lines = [
            scene.words(
                "refresh.line",
                where=formatting.titled(text, one) if one in text.indicators else one,
                why=scene.words(f"refresh.why.{why}"),
            )
            for one, why in list(again.items())[:MOST_LISTED]
        ]
        if len(again) > MOST_LISTED:
            lines.append(scene.words("refresh.more", number=len(again) - MOST_LISTED))
        total = len(scene.library.scheme(case.scheme).indicators)
        head = block(
            scene, "question", "refresh.question", number=len(again), total=total, date=case.opened_at.date()
        )
        reasons = scene.words.joined(
            scene.words("refresh.reason", why=scene.words(f"refresh.why.{why}"), number=number)
            for why, number in Counter(again.values()).items()
        )
        return [head, *([Block("body", reasons), Block("detail", "\n".join(lines))] if again else [])]

    def choices(self, scene: Scene) -> Rows:
        back = button(scene, "certification", "findings.back")
        return [[*([button(scene, "refresh:begin")] if newest_case(scene) else []), back]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        reassessment.begin_refresh(scene)
        return None
