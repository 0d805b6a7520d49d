"""The life cycle of a certificate: default durations of a scheme, which a certification body may replace."""

from typing import Annotated, Literal

from pydantic import Field

from rubric.model.fields import Count, Identifier, SchemePart, Source, Switch


class Validity(SchemePart):
    years: Annotated[int, Field(ge=1, le=10)]
    last_day: Literal["day_before_anniversary", "anniversary"]
    source: Source
    last_day_source: Source


class SurveillanceRule(SchemePart):
    """The months after the anchor at which a surveillance opens, is due and closes; there are `number` in all.

    With `irregular` the body comes unannounced on any day from the opening to the close.
    """

    irregular: Switch = False
    number: Annotated[int, Field(ge=0, le=20)]
    opens_months: Count
    due_months: Count
    closes_months: Count
    counts_after_months: Count
    source: Source


class Recertification(SchemePart):
    """The months before the end at which the renewal opens and is due."""

    opens_months: Count
    due_months: Count
    stands_for_last_surveillance: Switch = False
    source: Source


class Suspension(SchemePart):
    grace_days: Count
    revoked_after_months: Count
    block_months: Count
    source: Source


class ReminderStages(SchemePart):
    """The days before and the weeks after a due day at which a reminder is sent.

    Without a reaction, the organisation's other contacts are reminded from `colleagues_from` on and the operators from
    `admins_from` on. The other fields: days an assessment is idle, days before a corrective action or a document is
    due, and months until evidence is old.
    """

    before_due_days: tuple[Count, ...]
    overdue_weeks: Count
    colleagues_from: Identifier = "due"
    admins_from: Identifier = "overdue-2"
    idle_days: tuple[Count, ...] = (7, 30, 90)
    action_days_before: tuple[Count, ...] = (7, 1, 0)
    material_days_before: tuple[Count, ...] = (30, 7)
    evidence_months: Count = 12
    source: Source


class Lifecycle(SchemePart):
    validity: Validity
    surveillance: SurveillanceRule
    recertification: Recertification
    suspension: Suspension
    reminders: ReminderStages
