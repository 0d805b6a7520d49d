"""The certificate's years as a picture, and its milestones; the caller makes the calendar file."""

from dialogs.certification import stages
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.timeline import draw_timeline
from dialogs.model.events import CalendarRequested
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import format_short_date
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import CertificatePlan, Milestone

TIMELINE_WIDTH = 36


class CalendarStep(Step):
    state = "calendar"

    def blocks(self, scene: Scene) -> list[Block]:
        plan = _current_plan(scene)
        if plan is None:
            return [block(scene, "question", "calendar.nothing")]
        lines = [_milestone_line(scene, one, plan) for one in plan.milestones]
        return [
            block(
                scene,
                "question",
                "calendar.question",
                status=scene.words(f"certificate.status.{plan.status}"),
                valid_until=format_short_date(plan.valid_until, scene.words),
            ),
            Block("picture", draw_timeline(scene.words, plan, scene.today, TIMELINE_WIDTH)),
            Block("body", "\n".join(lines)),
            block(scene, "hint", "calendar.hint"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        back = button(scene, "certification", "findings.back") if scene.has_certification else None
        file = [button(scene, "calendar:file")] if _current_plan(scene) else []
        return [[*file, *([back] if back else [])]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        apply_event(scene, CalendarRequested(scene.certification.id))
        scene.add_message("calendar.ready", "saved")
        return None


def _current_plan(scene: Scene) -> CertificatePlan | None:
    return stages.make_plan(scene, scene.certification) if scene.has_certification else None


def _milestone_line(scene: Scene, milestone: Milestone, plan: CertificatePlan) -> str:
    words = scene.words
    return words(
        f"calendar.{milestone.text_key}",
        title=stages.milestone_name(scene, milestone),
        opens=format_short_date(milestone.opens, words),
        due=format_short_date(milestone.due, words),
        closes=format_short_date(milestone.closes, words),
        state=_milestone_state(scene, milestone),
    )


def _milestone_state(scene: Scene, milestone: Milestone) -> str:
    """Return the milestone's state; empty where it is open and may come on any day."""
    state, words = milestone.state_on(scene.today), scene.words
    if milestone.irregular and state == "open":
        return ""
    return words(f"calendar.state.{state}", day=format_short_date(milestone.done or milestone.due, words))
