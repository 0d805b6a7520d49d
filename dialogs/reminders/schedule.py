"""The reminders of a contact and their days: a pure function of the dossier and the reminder log.

Nothing is stored ahead. The plan is computed on every use, so that changed dates, completed work and muted
stages take effect at once; the store keeps only sent reminders.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dialogs.model.certification import Certification, effective_lifecycle
from dialogs.model.dossier import Case, Dossier
from dialogs.model.reminder_log import ReminderKey, ReminderLog
from rubric import (
    OPENS,
    CertificateFactsError,
    CertificatePlan,
    Library,
    Lifecycle,
    ReminderStages,
    add_months,
    plan_certificate,
    stage_offsets,
)

LATER = "later"
SUSPENSION, SUSPENDED = "suspension", "suspended"
REVOCATION_WARNING_DAYS = (60, 30, 7)
MOST_IDLE_REMINDERS = 3
"""How many reminders an assessment without progress gets in all."""


@dataclass(frozen=True, slots=True)
class UpcomingReminder:
    """A reminder to be sent on working day `sends_on`; `for_admins` where there was no reaction to the earlier ones."""

    key: ReminderKey
    sends_on: date
    due: date
    for_admins: bool = False


@dataclass(frozen=True, slots=True)
class ForecastMessage:
    """A message to be sent at `at`; `dossier` and its reminder log are as they would be by then."""

    at: datetime
    reminders: tuple[UpcomingReminder, ...]
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class ReminderSeries:
    """The stages of one reminder subject with their nominal days; `due` is its deadline."""

    subject: str
    milestone: str
    due: date
    stages: tuple[tuple[str, date], ...]
    colleagues_from: date = date.max
    admins_from: date = date.max


def plan_reminders(
    dossier: Dossier, library: Library, ledger: ReminderLog, today: date
) -> list[UpcomingReminder]:
    """Return every reminder of this contact that is still due, past ones included, by day."""
    found: list[UpcomingReminder] = []
    for certification in dossier.certifications.values():
        role = _is_first_contact(dossier, ledger, certification)
        for series in list_series(dossier, library, ledger, certification, today):
            found += _plan_series(dossier, ledger, series, role)
    for series in _idle_series(dossier, library, ledger):
        found += _plan_series(dossier, ledger, series, is_first_contact=True)
    return sorted(found, key=lambda one: (one.sends_on, one.key))


def list_series(
    dossier: Dossier, library: Library, ledger: ReminderLog, certification: Certification, today: date
) -> Iterator[ReminderSeries]:
    """Yield the series of a certification: milestones, corrective actions, documents, old evidence."""
    lifecycle = effective_lifecycle(library, certification)
    yield from _milestone_series(certification, lifecycle, today)
    yield from _action_series(certification, lifecycle.reminders)
    yield from _document_series(certification, lifecycle.reminders)
    yield from _evidence_series(dossier, ledger, certification, lifecycle, today)


def _is_first_contact(dossier: Dossier, ledger: ReminderLog, certification: Certification) -> bool:
    """Return whether the contact is reminded first: named so, or the named contact cannot be reached."""
    keeper = certification.keeper.get("")
    members = ledger.member_names.get(certification.organisation, {})
    return keeper == dossier.contact.id or keeper not in members or keeper in ledger.unreachable


def _plan_series(
    dossier: Dossier, ledger: ReminderLog, series: ReminderSeries, is_first_contact: bool
) -> Iterator[UpcomingReminder]:
    """Yield the stages for this contact; a colleague only gets those after unanswered ones."""
    mine = [one for one in ledger.sent_reminders if one.key[:2] == (series.subject, series.milestone)]
    nobody_reacted = not any(one.reaction for one in mine)
    until = max(
        (one.until for one in mine if one.until and one.contact == dossier.contact.id), default=date.min
    )
    for stage, on in series.stages:
        sends_on = dossier.calendar.sending_day(on, overdue=stage.startswith("overdue"))
        muted = stage in ledger.preferences.muted or sends_on < until
        heard = is_first_contact or (nobody_reacted and on >= series.colleagues_from)
        if heard and not muted:
            key = ReminderKey(series.subject, series.milestone, stage, on)
            yield UpcomingReminder(key, sends_on, series.due, nobody_reacted and on >= series.admins_from)
    if until > date.min:
        key = ReminderKey(series.subject, series.milestone, LATER, until)
        yield UpcomingReminder(key, dossier.calendar.sending_day(until, overdue=True), series.due)


def _milestone_series(
    certification: Certification, lifecycle: Lifecycle, today: date
) -> Iterator[ReminderSeries]:
    """Yield the series of the plan's milestones; after a missed surveillance, no later surveillance."""
    if not certification.is_certified or certification.current_stage == "renewed":
        return
    try:
        found = plan_certificate(certification.certificate_facts(), lifecycle, today)
    except CertificateFactsError:  # the clock went back behind what was recorded
        return
    missed = False
    for milestone in found.milestones:
        stages = tuple((one.stage, one.on) for one in found.reminders if one.milestone == milestone.id)
        if stages and not (missed and milestone.kind == "surveillance"):
            series = ReminderSeries(certification.id, milestone.id, milestone.due, stages)
            yield _with_escalation(series, lifecycle.reminders, milestone.opens)
        missed = missed or milestone.state_on(today) == "missed"
    coming = coming_suspension(certification, lifecycle, today)
    if coming is not None:
        yield _suspension_series(certification, *coming)


def coming_suspension(
    certification: Certification, lifecycle: Lifecycle, today: date
) -> tuple[date, date | None] | None:
    """Return the day of the present or coming suspension, and the day on which the certificate is then revoked."""
    found = plan_certificate(certification.certificate_facts(), lifecycle, today)
    if found.suspended_on is None:
        found = plan_certificate(
            certification.certificate_facts(), lifecycle, max(today, _suspension_day(found, lifecycle, today))
        )
    if not found.is_running or found.suspended_on is None:
        return None
    return found.suspended_on, found.revokes_on


def _suspension_day(plan: CertificatePlan, lifecycle: Lifecycle, today: date) -> date:
    """Return the day on which the certificate will be suspended if nothing is done; `today` where it will not."""
    open_ones = (one.closes for one in plan.milestones if one.kind == "surveillance" and one.done is None)
    closes = min(open_ones, default=None)
    if closes is None or closes >= plan.valid_until:
        return today
    return closes + timedelta(days=lifecycle.suspension.grace_days + 1)


def _suspension_series(certification: Certification, since: date, revokes_on: date | None) -> ReminderSeries:
    """Return the series of a suspension up to the revocation; all contacts get it."""
    stages = [(SUSPENDED, since)]
    if revokes_on is not None:
        warned = (revokes_on - timedelta(days=days) for days in REVOCATION_WARNING_DAYS)
        stages += [(f"due-{(revokes_on - day).days}", day) for day in warned if day > since]
    return ReminderSeries(certification.id, SUSPENSION, revokes_on or since, tuple(stages), since, since)


def _action_series(certification: Certification, settings: ReminderStages) -> Iterator[ReminderSeries]:
    for key, finding in certification.open_nonconformities.items():
        if finding.due is not None and finding.done is None:
            stages = _stages_around(finding.due, settings.action_days_before, settings.overdue_weeks)
            yield _with_escalation(
                ReminderSeries(certification.id, f"action:{key}", finding.due, stages), settings
            )


def _document_series(certification: Certification, settings: ReminderStages) -> Iterator[ReminderSeries]:
    for item, record in certification.materials.items():
        if record.have and record.expires is not None:
            stages = _stages_around(record.expires, settings.material_days_before, 0)
            yield _with_escalation(
                ReminderSeries(certification.id, f"material:{item}", record.expires, stages), settings
            )


def _evidence_series(
    dossier: Dossier, ledger: ReminderLog, certification: Certification, lifecycle: Lifecycle, today: date
) -> Iterator[ReminderSeries]:
    """Yield the series for evidence of the newest assessment that will be too old at the next audit."""
    if not certification.is_certified:
        return
    cases = [one for one in dossier.cases.values() if one.organisation == certification.organisation]
    newest = max(cases, key=lambda case: case.opened_at, default=None)
    files = ledger.evidence_times.get(newest.id, {}).values() if newest else ()
    for milestone in _milestone_series(certification, lifecycle, today):
        opens = next((on for stage, on in milestone.stages if stage == OPENS), None)
        if opens is None or not files or opens < today - timedelta(days=31):
            continue
        if add_months(min(files).date(), lifecycle.reminders.evidence_months) <= opens:
            yield ReminderSeries(certification.id, "evidence", milestone.due, ((OPENS, opens),))
            return


def _idle_series(dossier: Dossier, library: Library, ledger: ReminderLog) -> Iterator[ReminderSeries]:
    """Yield the series for an open assessment without activity."""
    case = dossier.cases.get(dossier.conversation.case or "")
    if case is None or case.submitted or case.id not in ledger.active_at:
        return
    if not _has_unanswered(case, library):
        return
    if not case.answers and _is_certified(dossier, case.organisation):
        return  # nobody began with it: it is there because the certificate was recorded
    brought_up = [one for one in ledger.sent_reminders if one.key[:2] == (case.id, "idle")]
    if any(one.reaction == "stopped" for one in brought_up):
        return
    days = library.pinned_scheme(case).lifecycle.reminders.idle_days
    since = ledger.active_at[case.id].date()
    earlier = {one.key for one in brought_up if one.at < ledger.active_at[case.id]}
    left = max(MOST_IDLE_REMINDERS - len(earlier), 0)
    stages = tuple((f"idle-{number}", since + timedelta(days=number)) for number in days)
    yield ReminderSeries(case.id, "idle", since, stages[:left])


def _is_certified(dossier: Dossier, organisation: str) -> bool:
    return any(
        one.is_certified for one in dossier.certifications.values() if one.organisation == organisation
    )


def _has_unanswered(case: Case, library: Library) -> bool:
    return bool(case.compute_scorecard(library.pinned_scheme(case)).unanswered)


def _stages_around(due: date, days_before: Sequence[int], weeks_after: int) -> tuple[tuple[str, date], ...]:
    before = [
        (f"due-{days}" if days else "due", due - timedelta(days=days)) for days in sorted(days_before)[::-1]
    ]
    after = [(f"overdue-{week}", due + timedelta(weeks=week)) for week in range(1, weeks_after + 1)]
    return (*before, *after)


def _with_escalation(
    series: ReminderSeries, settings: ReminderStages, opens: date | None = None
) -> ReminderSeries:
    """Return the series with the days from which colleagues and admins are reminded."""
    first = opens or series.due
    days = {OPENS: first} | {stage: series.due + by for stage, by in stage_offsets(settings).items()}
    colleagues, admins = (
        days.get(stage, date.max) for stage in (settings.colleagues_from, settings.admins_from)
    )
    return replace(series, colleagues_from=colleagues, admins_from=admins)
