"""Time zones by city or IANA name."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from dialogs.flow.prompts import TextPrompt
from dialogs.flow.recorder import apply_event
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import cities
from dialogs.model.events import AgendaChosen
from dialogs.model.messages import Problem
from dialogs.model.reminder_log import ReminderLog
from dialogs.model.reminder_preferences import ReminderPreferences
from dialogs.parsing.intents import normalize


@cache
def _zone_by_name() -> dict[str, str]:
    """Return zones by each of their names: the cities of all catalogues, and the last parts of IANA names."""
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/")):
            found.setdefault(_comparison_name(zone.rpartition("/")[2]), zone)
    found |= {_comparison_name(zone): zone for zone in available_timezones()}
    # The catalogue last: `Singapore` and `Japan` are old IANA names beside the zones that they stand for.
    return found | {_comparison_name(name): zone for zone, names in cities().items() for name in names}


def find_zone(typed: str) -> str | None:
    """Return the IANA name of the zone; None where no zone has that name."""
    return _zone_by_name().get(_comparison_name(typed))


def _comparison_name(name: str) -> str:
    return normalize(name).replace("_", " ").replace("时间", "").replace("時間", "").strip()


def _take_zone(scene: Scene, _: str, typed: str) -> Problem | None:
    zone = find_zone(typed)
    if zone is None:
        return Problem("bad_zone", scene.words("reminders.bad_zone", typed=typed[:30]))
    agenda = (scene.dossier.reminder_log or ReminderLog()).preferences
    apply_event(scene, AgendaChosen(ReminderPreferences(agenda.hour, zone, agenda.muted)))
    scene.add_message("reminders.agenda", "saved", hour=agenda.hour, zone=zone)
    return None


TEXT_PROMPTS: Mapping[str, TextPrompt] = {"zone": TextPrompt(_take_zone, needs="nothing")}
