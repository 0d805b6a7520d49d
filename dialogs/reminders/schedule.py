"""What a contact is to be reminded of, and on which days: a pure function of what is known now.

Nothing of it is stored. What is planned is reckoned anew whenever it is looked at, so that a changed date, something
done or a muted stage needs no rows to be disarmed; the store keeps only what was told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogs.model.certification import Certification, lifecycle_of
from dialogs.model.dossier import Case, Dossier
from dialogs.model.reminder_log import Key, ReminderLog
from rubric.certificate.facts import CertificateFactsError
from rubric.certificate.months import add_months
from rubric.certificate.plan import CertificatePlan, plan_certificate
from rubric.certificate.reminder_stages import OPENS, stage_offsets
from rubric.library.library import Library
from rubric.model.lifecycle import Lifecycle, ReminderStages

LATER = "later"
SUSPENSION, SUSPENDED = "suspension", "suspended"
BEFORE_REVOCATION = (60, 30, 7)
MOST_IDLE = 3
"""How often an assessment that stands still is brought up, all in all."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder to come. `sends_on` is its working day; `for_admins`: nobody reacted, so the operators hear of it."""

    key: Key
    sends_on: date
    due: date
    for_admins: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The stages of one thing, each with its nominal day; `due` is the day by which it is to be done."""

    subject: str
    milestone: str
    due: date
    stages: tuple[tuple[str, date], ...]
    colleagues_from: date = date.max
    admins_from: date = date.max


def planned(dossier: Dossier, library: Library, ledger: ReminderLog, today: date) -> list[Planned]:
    """Every reminder of this contact that still stands, past ones included, by day."""
    found: list[Planned] = []
    for certification in dossier.certifications.values():
        role = _role(dossier, ledger, certification)
        for series in series_of(dossier, library, ledger, certification, today):
            found += _for_role(dossier, ledger, series, role)
    for series in _standing_still(dossier, library, ledger):
        found += _for_role(dossier, ledger, series, is_keeper=True)
    return sorted(found, key=lambda one: (one.sends_on, one.key))


def series_of(
    dossier: Dossier, library: Library, ledger: ReminderLog, certification: Certification, today: date
) -> Iterator[Series]:
    """All that a certification is brought up for: its calendar, corrective actions, papers, old evidence."""
    lifecycle = lifecycle_of(library, certification)
    yield from _milestones(certification, lifecycle, today)
    yield from _actions(certification, lifecycle.reminders)
    yield from _papers(certification, lifecycle.reminders)
    yield from _old_evidence(dossier, ledger, certification, lifecycle, today)


def _role(dossier: Dossier, ledger: ReminderLog, certification: Certification) -> bool:
    """Whether the contact is the one who is reminded first: named, or nobody who is named can be reached."""
    keeper = certification.keeper.get("")
    members = ledger.members.get(certification.organisation, {})
    return keeper == dossier.contact.id or keeper not in members or keeper in ledger.unreachable


def _for_role(dossier: Dossier, ledger: ReminderLog, series: Series, is_keeper: bool) -> Iterator[Planned]:
    """The stages that this contact hears of; a colleague only where nobody reacted to those before."""
    mine = [one for one in ledger.told if one.key[:2] == (series.subject, series.milestone)]
    nobody_reacted = not any(one.reaction for one in mine)
    until = max(
        (one.until for one in mine if one.until and one.contact == dossier.contact.id), default=date.min
    )
    for stage, on in series.stages:
        sends_on = dossier.calendar.sending_day(on, overdue=stage.startswith("overdue"))
        muted = stage in ledger.agenda.muted or sends_on < until
        heard = is_keeper or (nobody_reacted and on >= series.colleagues_from)
        if heard and not muted:
            key = Key(series.subject, series.milestone, stage, on)
            yield Planned(key, sends_on, series.due, nobody_reacted and on >= series.admins_from)
    if until > date.min:
        key = Key(series.subject, series.milestone, LATER, until)
        yield Planned(key, dossier.calendar.sending_day(until, overdue=True), series.due)


def _milestones(certification: Certification, lifecycle: Lifecycle, today: date) -> Iterator[Series]:
    """What stands in the calendar; once a surveillance was missed, the way back comes before those after it."""
    if not certification.is_certified or certification.at == "renewed":
        return
    try:
        found = plan_certificate(certification.term(), lifecycle, today)
    except CertificateFactsError:  # the clock went back behind what was recorded
        return
    missed = False
    for milestone in found.milestones:
        stages = tuple((one.stage, one.on) for one in found.reminders if one.milestone == milestone.id)
        if stages and not (missed and milestone.kind == "surveillance"):
            series = Series(certification.id, milestone.id, milestone.due, stages)
            yield _escalated(series, lifecycle.reminders, milestone.opens)
        missed = missed or milestone.state_on(today) == "missed"
    coming = coming_suspension(certification, lifecycle, today)
    if coming is not None:
        yield _suspension(certification, *coming)


def coming_suspension(
    certification: Certification, lifecycle: Lifecycle, today: date
) -> tuple[date, date | None] | None:
    """Since when it is suspended, or will be if nothing is done, and when that leads to its revocation."""
    found = plan_certificate(certification.term(), lifecycle, today)
    coming = plan_certificate(certification.term(), lifecycle, max(today, _closed(found, lifecycle, today)))
    if not coming.is_running or coming.suspended_on is None:
        return None
    return coming.suspended_on, coming.revokes_on


def _closed(found: CertificatePlan, lifecycle: Lifecycle, today: date) -> date:
    """The day on which the certificate will be suspended if nothing is done until then; `today` where it never is."""
    open_ones = (one.closes for one in found.milestones if one.kind == "surveillance" and one.done is None)
    closes = min(open_ones, default=None)
    if closes is None or closes >= found.valid_until:
        return today
    return closes + timedelta(days=lifecycle.suspension.grace_days + 1)


def _suspension(certification: Certification, since: date, revokes_on: date | None) -> Series:
    """The certificate is suspended, and when that leads to its revocation; everybody is told."""
    stages = [(SUSPENDED, since)]
    if revokes_on is not None:
        warned = (revokes_on - timedelta(days=days) for days in BEFORE_REVOCATION)
        stages += [(f"due-{(revokes_on - day).days}", day) for day in warned if day > since]
    return Series(certification.id, SUSPENSION, revokes_on or since, tuple(stages), since, since)


def _actions(certification: Certification, settings: ReminderStages) -> Iterator[Series]:
    for key, finding in certification.open_findings.items():
        if finding.due is not None and finding.done is None:
            stages = _around(finding.due, settings.action_days_before, settings.overdue_weeks)
            yield _escalated(Series(certification.id, f"action:{key}", finding.due, stages), settings)


def _papers(certification: Certification, settings: ReminderStages) -> Iterator[Series]:
    for item, record in certification.materials.items():
        if record.have and record.expires is not None:
            stages = _around(record.expires, settings.material_days_before, 0)
            yield _escalated(Series(certification.id, f"material:{item}", record.expires, stages), settings)


def _old_evidence(
    dossier: Dossier, ledger: ReminderLog, certification: Certification, lifecycle: Lifecycle, today: date
) -> Iterator[Series]:
    """Before an audit: that files of the newest assessment are older than they should be by then."""
    if not certification.is_certified:
        return
    cases = [one for one in dossier.cases.values() if one.organisation == certification.organisation]
    newest = max(cases, key=lambda case: case.opened_at, default=None)
    files = ledger.evidence.get(newest.id, {}).values() if newest else ()
    for milestone in _milestones(certification, lifecycle, today):
        opens = next((on for stage, on in milestone.stages if stage == OPENS), None)
        if opens is None or not files or opens < today - timedelta(days=31):
            continue
        if add_months(min(files).date(), lifecycle.reminders.evidence_months) <= opens:
            yield Series(certification.id, "evidence", milestone.due, ((OPENS, opens),))
            return


def _standing_still(dossier: Dossier, library: Library, ledger: ReminderLog) -> Iterator[Series]:
    """The assessment that this contact was at, where it is open and nothing has happened with it."""
    case = dossier.cases.get(dossier.conversation.case or "")
    if case is None or case.submitted or case.id not in ledger.active or not _is_open(case, library):
        return
    if not case.answers and _is_certified(dossier, case.organisation):
        return  # nobody began with it: it is there because the certificate was recorded
    brought_up = [one for one in ledger.told if one.key[:2] == (case.id, "idle")]
    if any(one.reaction == "stopped" for one in brought_up):
        return
    days = library.pinned_scheme(case).lifecycle.reminders.idle_days
    since = ledger.active[case.id].date()
    left = max(MOST_IDLE - len({one.key for one in brought_up if one.at < ledger.active[case.id]}), 0)
    stages = tuple((f"idle-{number}", since + timedelta(days=number)) for number in days)
    yield Series(case.id, "idle", since, stages[:left])


def _is_certified(dossier: Dossier, organisation: str) -> bool:
    return any(
        one.is_certified for one in dossier.certifications.values() if one.organisation == organisation
    )


def _is_open(case: Case, library: Library) -> bool:
    return bool(case.graded(library.pinned_scheme(case)).unanswered)


def _around(due: date, days_before: Sequence[int], weeks_after: int) -> tuple[tuple[str, date], ...]:
    before = [
        (f"due-{days}" if days else "due", due - timedelta(days=days)) for days in sorted(days_before)[::-1]
    ]
    after = [(f"overdue-{week}", due + timedelta(weeks=week)) for week in range(1, weeks_after + 1)]
    return (*before, *after)


def _escalated(series: Series, settings: ReminderStages, opens: date | None = None) -> Series:
    """The same with the days from which on others are told where nobody reacts."""
    first = opens or series.due
    days = {OPENS: first} | {stage: series.due + by for stage, by in stage_offsets(settings).items()}
    colleagues, admins = (
        days.get(stage, date.max) for stage in (settings.colleagues_from, settings.admins_from)
    )
    return replace(series, colleagues_from=colleagues, admins_from=admins)
