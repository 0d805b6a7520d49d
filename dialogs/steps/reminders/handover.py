"""Handing reminders over to a colleague of the same organisation, or inviting one."""

from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.model.reminder_log import ReminderKey
from dialogs.reminders import reactions
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button


class HandoverStep(Step):
    state = "handover"
    has_cursor = True

    def blocks(self, scene: Scene) -> list[Block]:
        hint = "handover.hint" if _shared_colleagues(scene) else "handover.nobody"
        return [block(scene, "question", "handover.question"), block(scene, "hint", hint)]

    def choices(self, scene: Scene) -> ButtonRows:
        listed = [
            [labelled_button(f"colleague:{key}", name)] for key, name in _shared_colleagues(scene).items()
        ]
        return [*listed, [button(scene, "invitation")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        colleague, name = pressed.removeprefix("colleague:"), _shared_colleagues(scene)
        reactions.hand_over(scene, _selected_keys(scene), colleague)
        scene.add_message("handover.done", "saved", name=name[colleague])
        open_place(scene, Place("reminder", scene.talk.cursor), back=True)
        return None


def _selected_keys(scene: Scene) -> list[ReminderKey]:
    return reactions.selected_reminders(scene)


def _shared_colleagues(scene: Scene) -> dict[str, str]:
    """Return the contacts who belong to every organisation of the selected reminders."""
    ledger, certifications = scene.dossier.reminder_log, scene.dossier.certifications
    organisations = {
        certifications[key.subject].organisation
        for key in _selected_keys(scene)
        if key.subject in certifications
    }
    if ledger is None or not organisations:
        return {}
    first, *others = (ledger.member_names.get(one, {}) for one in sorted(organisations))
    shared = {key: name for key, name in first.items() if all(key in one for one in others)}
    shared.pop(scene.dossier.contact.id, None)
    return shared
