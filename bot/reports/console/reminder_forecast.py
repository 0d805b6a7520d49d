"""What would be told, in lines: when and to whom, and of each thing why."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.catalogue_text import say
from bot.reminders.forecast import Foreseen
from dialogs.flow.scene import Scene
from dialogs.model.reminder_log import ReminderLog
from dialogs.reminders.text import title
from dialogs.steps.reminders.reminder_settings import stage_name
from rubric.library.library import Library


def lines(one: Foreseen, name: str, library: Library, locale: str) -> Iterator[str]:
    """A line for the message, and one for each thing that it reminds of."""
    ledger = one.dossier.ledger or ReminderLog()
    at = one.at.astimezone(ZoneInfo(ledger.agenda.zone))
    yield say(locale, "remind.at", at=f"{at:%Y-%m-%d %H:%M %Z}", name=name)
    dossier = one.dossier.copy()
    dossier.conversation.locale = locale
    scene = Scene(dossier, library, one.at)
    for each in one.told:
        yield say(
            locale,
            "remind.because",
            title=title(scene, each.key),
            stage=stage_name(scene.words, each.key.stage),
            on=each.key.on.isoformat(),
            due=each.due.isoformat(),
        )
    if any(each.for_admins for each in one.told):
        yield say(locale, "remind.admins")
