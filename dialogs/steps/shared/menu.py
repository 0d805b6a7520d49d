"""The menu: all actions except continuing."""

from dialogs.assessment.other_schemes import list_other_schemes
from dialogs.assessment.scheme_migration import find_previous_pin, newer_version
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block
from dialogs.steps.base import ButtonRows, Step, block, button
from dialogs.steps.shared.paused import progress_blocks


class MenuStep(Step):
    state = "menu"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "menu.question"), *progress_blocks(scene)]

    def choices(self, scene: Scene) -> ButtonRows:
        rows = [[button(scene, "nav:resume", "menu.resume")]]
        if scene.has_case:
            about = (
                [button(scene, "nav:sections"), button(scene, "nav:review")]
                if scene.can_show_questions
                else []
            )
            rows.append([*about, button(scene, "profile")])
            rows.append([button(scene, "report"), button(scene, "invitation"), button(scene, "case:new")])
            rows.append(
                [button(scene, "certification"), button(scene, "reminders"), button(scene, "schemes")]
            )
            if newer_version(scene.library, scene.case) or find_previous_pin(scene):
                rows.append([button(scene, "version")])
            if scene.can_show_questions and list_other_schemes(scene):
                rows.append([button(scene, "companions")])
        agreed = scene.talk.agreed_at is not None
        joining = [button(scene, "organisations"), button(scene, "join")] if agreed else []
        rows.append([*joining, button(scene, "language")])
        rows.append([button(scene, "export"), button(scene, "erase")])
        return [*rows, [button(scene, "nav:help"), button(scene, "nav:pause")]]
