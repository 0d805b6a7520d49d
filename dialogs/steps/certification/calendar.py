"""The certificate's years at a glance, and what follows from its dates; the calendar file is made by the shell."""

from dialogs.certification import stages
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.timeline import timeline
from dialogs.model.events import CalendarRequested
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import short_date
from dialogs.steps.base import Rows, Step, block, button
from rubric.certificate.plan import CertificatePlan, Milestone

WIDTH = 36


class CalendarStep(Step):
    state = "calendar"

    def blocks(self, scene: Scene) -> list[Block]:
        plan = _plan(scene)
        if plan is None:
            return [block(scene, "question", "calendar.nothing")]
        lines = [_line(scene, one, plan) for one in plan.milestones]
        return [
            block(
                scene,
                "question",
                "calendar.question",
                status=scene.words(f"certificate.status.{plan.status}"),
                valid_until=short_date(plan.valid_until, scene.words),
            ),
            Block("picture", timeline(scene.words, plan, scene.today, WIDTH)),
            Block("body", "\n".join(lines)),
            block(scene, "hint", "calendar.hint"),
        ]

    def choices(self, scene: Scene) -> Rows:
        back = button(scene, "certification", "findings.back") if scene.has_certification else None
        file = [button(scene, "calendar:file")] if _plan(scene) else []
        return [[*file, *([back] if back else [])]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        apply_event(scene, CalendarRequested(scene.certification.id))
        scene.add_message("calendar.ready", "saved")
        return None


def _plan(scene: Scene) -> CertificatePlan | None:
    return stages.plan_of(scene, scene.certification) if scene.has_certification else None


def _line(scene: Scene, milestone: Milestone, plan: CertificatePlan) -> str:
    words = scene.words
    return words(
        f"calendar.{milestone.text_key}",
        title=stages.milestone_name(scene, milestone),
        opens=short_date(milestone.opens, words),
        due=short_date(milestone.due, words),
        closes=short_date(milestone.closes, words),
        state=_state(scene, milestone),
    )


def _state(scene: Scene, milestone: Milestone) -> str:
    """How far it is; nothing more is to be said of what may come any day."""
    state, words = milestone.state_on(scene.today), scene.words
    if milestone.irregular and state == "open":
        return ""
    return words(f"calendar.state.{state}", day=short_date(milestone.done or milestone.due, words))
