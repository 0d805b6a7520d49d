"""The reminder forecast as text: when, to whom, what and why."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.catalogue_text import translate
from dialogs import ForecastMessage, ReminderLog, Scene, reminder_stage_name, reminder_title
from rubric import Library


def forecast_lines(message: ForecastMessage, name: str, library: Library, locale: str) -> Iterator[str]:
    """Yield a line for the message, and one for each reminder in it."""
    ledger = message.dossier.reminder_log or ReminderLog()
    at = message.at.astimezone(ZoneInfo(ledger.preferences.zone))
    yield translate(locale, "remind.at", at=f"{at:%Y-%m-%d %H:%M %Z}", name=name)
    dossier = message.dossier.copy()
    dossier.conversation.locale = locale
    scene = Scene(dossier, library, message.at)
    for each in message.reminders:
        yield translate(
            locale,
            "remind.because",
            title=reminder_title(scene, each.key),
            stage=reminder_stage_name(scene.words, each.key.stage),
            on=each.key.day.isoformat(),
            due=each.due.isoformat(),
        )
    if any(each.for_admins for each in message.reminders):
        yield translate(locale, "remind.admins")
