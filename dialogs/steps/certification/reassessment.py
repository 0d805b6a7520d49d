"""Before a surveillance: what a reassessment would ask again and why, and what it would copy."""

from collections import Counter

from dialogs.certification import reassessment
from dialogs.certification.nonconformities import latest_case
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button

MOST_LISTED = 15


class ReassessmentStep(Step):
    state = "refresh"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        case = latest_case(scene)
        if case is None:
            return [block(scene, "question", "refresh.nothing")]
        again = reassessment.indicators_to_reassess(scene, case)
        text = scene.library.pinned_text(case, scene.talk.locale)
        lines = [
            scene.words(
                "refresh.line",
                where=formatting.format_indicator(text, one) if one in text.indicators else one,
                why=scene.words(f"refresh.why.{why}"),
            )
            for one, why in list(again.items())[:MOST_LISTED]
        ]
        if len(again) > MOST_LISTED:
            lines.append(scene.words("refresh.more", number=len(again) - MOST_LISTED))
        total = len(reassessment.newest_scheme(scene, case).indicators)
        head = block(
            scene, "question", "refresh.question", number=len(again), total=total, date=case.opened_at.date()
        )
        reasons = scene.words.join_items(
            scene.words("refresh.reason", why=scene.words(f"refresh.why.{why}"), number=number)
            for why, number in Counter(again.values()).items()
        )
        return [head, *([Block("body", reasons), Block("detail", "\n".join(lines))] if again else [])]

    def choices(self, scene: Scene) -> ButtonRows:
        back = button(scene, "certification", "findings.back")
        return [[*([button(scene, "refresh:begin")] if latest_case(scene) else []), back]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        reassessment.begin_reassessment(scene)
        return None
