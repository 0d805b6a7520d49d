"""The calendar of a certificate: its milestones, and its status on a day.

Pure: the facts, a life cycle's figures and the day go in. Marks of the rules are those of the figures' `source`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from rubric.certificate.facts import CertificateFacts, check_facts
from rubric.certificate.months import add_months, anniversary
from rubric.certificate.reminder_stages import OPENS, PlannedReminder, stage_offsets
from rubric.model.lifecycle import Lifecycle, Validity

CertificateStatus = Literal["valid", "due", "suspended", "revoked", "withdrawn", "expired"]
MilestoneKind = Literal["surveillance", "recertification", "expiry"]
MilestoneState = Literal["done", "ahead", "open", "overdue", "missed"]

ONE_DAY = timedelta(days=1)
RUNNING_STATUSES = frozenset({"valid", "due", "suspended"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """A surveillance, a recertification or the expiry, with its window.

    `number` counts surveillances from 1 and is None for the others. An `irregular` surveillance comes unannounced on
    any day of its window, so it is not late before the window closes.
    """

    id: str
    kind: MilestoneKind
    number: int | None
    opens: date
    due: date
    closes: date
    done: date | None = None
    irregular: bool = False

    @property
    def text_key(self) -> str:
        """Return the key of its texts: the kind, with `_irregular` for unannounced ones."""
        return f"{self.kind}_irregular" if self.irregular else self.kind

    def state_on(self, today: date) -> MilestoneState:
        """Return its state on a day; `missed` after its window closed without a date in `done`."""
        if self.done is not None:
            return "done"
        if today > self.closes:
            return "missed"
        if today < self.opens:
            return "ahead"
        return "overdue" if today > self.due and not self.irregular else "open"


@dataclass(frozen=True, slots=True)
class CertificatePlan:
    """The status and calendar of a certificate on one day.

    `suspended_on`: since when it is, or was when it was revoked. `revokes_on`: when that leads to the revocation,
    where it does before the end. `blocked_until`: the last day on which no new certificate is given.
    """

    issued: date
    valid_until: date
    status: CertificateStatus
    milestones: tuple[Milestone, ...]
    reminders: tuple[PlannedReminder, ...]
    suspended_on: date | None = None
    revokes_on: date | None = None
    revoked_on: date | None = None
    blocked_until: date | None = None

    @property
    def is_running(self) -> bool:
        """Whether the certificate can still be kept."""
        return self.status in RUNNING_STATUSES


@dataclass(frozen=True, slots=True)
class _StatusDates:
    """The dates of a suspension, revocation or withdrawal; at most one of `revoked_on` and `withdrawn_on` is set."""

    suspended_on: date | None = None
    revokes_on: date | None = None
    revoked_on: date | None = None
    withdrawn_on: date | None = None


def plan_certificate(term: CertificateFacts, lifecycle: Lifecycle, today: date) -> CertificatePlan:
    """Plan the certificate as of `today`. Raises CertificateFactsError for impossible facts.

    Raises TermError for facts that cannot be so.
    """
    check_facts(term, today)
    end = term.valid_until or last_valid_day(term.issued, lifecycle.validity)
    surveillances = tuple(_surveillances(term, lifecycle, end))
    milestones = (*surveillances, _recertification(lifecycle, end), _expiry(end))
    fate = _status_dates(term, lifecycle, surveillances, end, today)
    status = _status(fate, milestones, end, today)
    blocked = fate.revoked_on and _blocked_until(fate.revoked_on, lifecycle)
    return CertificatePlan(
        issued=term.issued,
        valid_until=end,
        status=status,
        milestones=milestones,
        reminders=tuple(_reminders(milestones, lifecycle, status, end)),
        suspended_on=fate.suspended_on,
        revokes_on=fate.revokes_on,
        revoked_on=fate.revoked_on,
        blocked_until=blocked,
    )


def last_valid_day(issued: date, validity: Validity) -> date:
    """Return the last valid day of a certificate that has none printed."""
    end = anniversary(issued, validity.years)
    return end if validity.last_day == "anniversary" else end - ONE_DAY


def _surveillances(term: CertificateFacts, lifecycle: Lifecycle, end: date) -> Iterator[Milestone]:
    """Yield the surveillances done, each counted from the previous one, then those planned, each from a due day."""
    most, counts_after = lifecycle.surveillance.number, lifecycle.surveillance.counts_after_months
    anchor = counted = term.issued
    number = 1
    for day in sorted(set(term.surveilled)):
        if number <= most and day >= add_months(counted, counts_after):
            yield replace(_surveillance_window(number, anchor, lifecycle, end), done=day)
            number, counted = number + 1, day
        anchor = day
    for ahead in range(number, _planned_surveillances(lifecycle) + 1):
        if add_months(anchor, lifecycle.surveillance.opens_months) > end:
            return
        window = _surveillance_window(ahead, anchor, lifecycle, end)
        yield window
        anchor = window.due


def _planned_surveillances(lifecycle: Lifecycle) -> int:
    """Return how many surveillances are required: one less where the recertification replaces the last."""
    return lifecycle.surveillance.number - lifecycle.recertification.stands_for_last_surveillance


def _surveillance_window(number: int, anchor: date, lifecycle: Lifecycle, end: date) -> Milestone:
    """Return the window of a surveillance, cut at the end of the certificate."""
    rule = lifecycle.surveillance
    months = (rule.opens_months, rule.due_months, rule.closes_months)
    opens, due, closes = (min(add_months(anchor, each), end) for each in months)
    name = f"surveillance-{number}"
    return Milestone(name, "surveillance", number, opens, due, closes, irregular=rule.irregular)


def _recertification(lifecycle: Lifecycle, end: date) -> Milestone:
    rule = lifecycle.recertification
    opens, due = add_months(end, -rule.opens_months), add_months(end, -rule.due_months)
    return Milestone("recertification", "recertification", None, opens, due, end)


def _expiry(end: date) -> Milestone:
    return Milestone("expiry", "expiry", None, end, end, end)


def _status_dates(
    term: CertificateFacts, lifecycle: Lifecycle, surveillances: Iterable[Milestone], end: date, today: date
) -> _StatusDates:
    """Return the earliest revocation or withdrawal before the end, else the current suspension."""
    standing: list[tuple[date, date | None]] = []
    revoked: list[tuple[date, date | None]] = []
    for began, cured in (
        *_missed_surveillances(surveillances, lifecycle, today),
        *_imposed_suspensions(term),
    ):
        if began > end:
            continue
        revokes = add_months(began, lifecycle.suspension.revoked_after_months)
        if revokes <= min(today, end) and (cured is None or cured >= revokes):
            revoked.append((revokes, began))
        elif cured is None:
            standing.append((began, revokes if revokes <= end else None))
    suspended_on, revokes_on = min(standing, default=(None, None), key=lambda pair: pair[0])
    if term.revoked_on is not None and term.revoked_on <= end:
        revoked.append((term.revoked_on, suspended_on))
    revoked_on, through = min(revoked, default=(None, None), key=lambda pair: pair[0])
    withdrawn = term.withdrawn_on
    if withdrawn is not None and withdrawn <= end and (revoked_on is None or withdrawn < revoked_on):
        return _StatusDates(withdrawn_on=withdrawn)
    if revoked_on is not None:
        return _StatusDates(suspended_on=through, revoked_on=revoked_on)
    return _StatusDates(suspended_on, revokes_on)


def _missed_surveillances(
    surveillances: Iterable[Milestone], lifecycle: Lifecycle, today: date
) -> Iterator[tuple[date, date | None]]:
    """Yield the suspensions for a missed surveillance: first day, and the day of the late surveillance or None."""
    planned = _planned_surveillances(lifecycle)
    for one in surveillances:
        began = one.closes + ONE_DAY + timedelta(days=lifecycle.suspension.grace_days)
        late = one.done is None or one.done > began
        if late and began <= today and one.number is not None and one.number <= planned:
            yield began, one.done
        if one.done is None:
            return


def _imposed_suspensions(term: CertificateFacts) -> Iterator[tuple[date, date | None]]:
    """Yield the suspension decided by the body, and the date of the surveillance that lifted it or None."""
    if term.suspended_on is not None:
        yield (
            term.suspended_on,
            min((day for day in term.surveilled if day > term.suspended_on), default=None),
        )


def _status(fate: _StatusDates, milestones: Iterable[Milestone], end: date, today: date) -> CertificateStatus:
    if fate.revoked_on is not None:
        return "revoked"
    if fate.withdrawn_on is not None:
        return "withdrawn"
    if today > end:
        return "expired"
    if fate.suspended_on is not None:
        return "suspended"
    begun = (one for one in milestones if one.kind != "expiry" and one.done is None and one.opens <= today)
    return "due" if any(begun) else "valid"


def _blocked_until(revoked_on: date, lifecycle: Lifecycle) -> date | None:
    months = lifecycle.suspension.block_months
    return add_months(revoked_on, months) - ONE_DAY if months else None


def _reminders(
    milestones: Iterable[Milestone], lifecycle: Lifecycle, status: CertificateStatus, end: date
) -> list[PlannedReminder]:
    """Return the reminders of open milestones by date; none after the end of the certificate, except of the expiry."""
    found: list[PlannedReminder] = []
    for one in milestones:
        is_expiry = one.kind == "expiry"
        if one.done is None and (status in RUNNING_STATUSES or (status == "expired" and is_expiry)):
            found += [each for each in _milestone_reminders(one, lifecycle) if is_expiry or each.on <= end]
    return sorted(found, key=lambda reminder: reminder.on)


def _milestone_reminders(milestone: Milestone, lifecycle: Lifecycle) -> Iterator[PlannedReminder]:
    """Yield a reminder for each stage of a milestone; an expiry has no `opens`."""
    if milestone.kind != "expiry":
        yield PlannedReminder(milestone.id, OPENS, milestone.opens)
    for stage, offset in stage_offsets(lifecycle.reminders).items():
        yield PlannedReminder(milestone.id, stage, milestone.due + offset)
