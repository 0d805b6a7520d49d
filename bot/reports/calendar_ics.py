"""A certificate's dates as an iCalendar file (RFC 5545), which phones and offices import and follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.catalogue_text import translate
from dialogs import (
    DEFAULT_HOUR,
    Attachment,
    Catalogue,
    Dossier,
    effective_lifecycle,
    find_catalogue,
    format_short_date,
)
from rubric import CertificatePlan, Library, Milestone, plan_certificate

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//xingping//certificate calendar//ZH"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One certificate. `key` never changes, and `sequence` grows with each change of its facts (RFC 5545, 3.8.7.4).

    Milestones whose ids are in `cancelled` were in an earlier file and are not planned any more.
    """

    key: str
    sequence: int
    title: str
    plan: CertificatePlan
    cancelled: tuple[str, ...] = ()


def make_calendar(entries: Iterable[CalendarEntry], locale: str, now: datetime) -> bytes:
    """Return all-day entries on the due days, with alarms at the reminder stages. `now` is UTC."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", translate(locale, "calendar.name"))
    words = find_catalogue(locale)
    for entry in entries:
        for milestone in entry.plan.milestones:
            found.add_component(_milestone_event(entry, milestone, words, now))
        for milestone_id in entry.cancelled:
            found.add_component(_cancelled_event(entry, milestone_id, words, now))
    content: bytes = found.to_ical()
    return content


def make_calendar_file(
    dossier: Dossier, certification: str, library: Library, now: datetime, sequence: int
) -> Attachment:
    """Return the calendar file of one of the dossier's certifications.

    Surveillances that the life cycle knows and this certificate has not are cancelled: an earlier file, made from
    other facts, may have had them.
    """
    one, locale = dossier.certifications[certification], dossier.conversation.locale
    organisation = dossier.organisations[one.organisation].name
    lifecycle = effective_lifecycle(library, one)
    made = plan_certificate(one.certificate_facts(), lifecycle, dossier.today or now.date())
    title = f"{organisation} {library.pinned_text(one, locale).short}"
    known = [f"surveillance-{number}" for number in range(1, lifecycle.surveillance.number + 1)]
    planned = {each.id for each in made.milestones}
    cancelled = tuple(each for each in known if each not in planned)
    entry = CalendarEntry(one.id, sequence, title, made, cancelled)
    name = translate(locale, "calendar.file", organisation=organisation)
    return Attachment(f"{name}.ics", MEDIA_TYPE, make_calendar([entry], locale, now))


def sequence_of(certificate_plan: CertificatePlan) -> int:
    """Return a sequence number for a plan that is not stored: it grows with each surveillance and its date."""
    done = [one.done for one in certificate_plan.milestones if one.done is not None]
    latest = max([certificate_plan.issued, *done])
    return len(done) * 100_000 + (latest - date(1990, 1, 1)).days


def _milestone_event(entry: CalendarEntry, milestone: Milestone, words: Catalogue, now: datetime) -> Event:
    event = _bare_event(entry, milestone.id, now)
    name = words(f"milestone.{milestone.kind}", number=milestone.number or "")
    day = milestone.done or milestone.due
    state = "done" if milestone.done else "may_come" if milestone.irregular else "due"
    event.add("summary", translate(words.locale, f"calendar.{state}", name=name, title=entry.title))
    event.add("description", _description(milestone, words))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    for reminder in entry.plan.reminders:
        if reminder.milestone == milestone.id and reminder.on <= day:
            event.add_component(_alarm(event, reminder.on - day))
    return event


def _cancelled_event(entry: CalendarEntry, milestone_id: str, words: Catalogue, now: datetime) -> Event:
    event = _bare_event(entry, milestone_id, now)
    event.add("summary", entry.title)
    event.add("dtstart", entry.plan.issued)
    event.add("status", "CANCELLED")
    return event


def _bare_event(entry: CalendarEntry, milestone_id: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}-{milestone_id}@xingping")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    return event


def _description(milestone: Milestone, words: Catalogue) -> str:
    days = {name: format_short_date(getattr(milestone, name), words) for name in ("opens", "due", "closes")}
    return translate(words.locale, f"calendar.about_{milestone.text_key}", **days)


def _alarm(event: Event, offset: timedelta) -> Alarm:
    """Return an alarm at the default hour of reminders, `offset` from the day of the event."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", offset + timedelta(hours=DEFAULT_HOUR))
    return alarm
