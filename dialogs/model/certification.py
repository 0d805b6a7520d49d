"""A certification: an organisation's way to one certificate, and the years with it."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime

from dialogs.model.values import Evidence, Nonconformity, SurveillanceRecord
from rubric import CertificateFacts, DocumentRecord, Library, Lifecycle

FIRST_STAGE = "self_assessment"


@dataclass(slots=True)
class Certification:
    """One certification. Each dict is one `field` of its records, and is never changed in place.

    `stage` holds the present stage, at the key ""; `reached` the day on which each stage was last entered;
    `reasons` why it was refused, suspended, revoked or withdrawn. `body` is the certification body's profile, and
    `keeper` the contact who is reminded first, both at "". `certificate` has `number`, `grade`, `body` and `scope`,
    `dates` has `issued`, `valid_until`, `suspended`, `revoked` and `withdrawn`; surveillances are keyed by their
    ISO date, document files and nonconformities by an id, documents by the item's id.
    """

    id: str
    organisation: str
    scheme: str
    version: str
    checksum: str
    opened_at: datetime
    stage: dict[str, str] = field(default_factory=dict)
    reached: dict[str, date] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    keeper: dict[str, str] = field(default_factory=dict)
    certificate: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    surveillances: dict[str, SurveillanceRecord] = field(default_factory=dict)
    materials: dict[str, DocumentRecord] = field(default_factory=dict)
    papers: dict[str, Evidence] = field(default_factory=dict)
    findings: dict[str, Nonconformity] = field(default_factory=dict)

    @property
    def current_stage(self) -> str:
        """The present stage."""
        return self.stage.get("", FIRST_STAGE)

    @property
    def is_certified(self) -> bool:
        """Whether there is a certificate with an issue date."""
        return "issued" in self.dates

    @property
    def is_suspended(self) -> bool:
        """Whether the certification body suspended it and has not restored it."""
        return "suspended" in self.dates

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded yet, as after an undone renewal."""
        return not (self.stage or self.dates or self.certificate or self.papers or self.findings)

    @property
    def open_nonconformities(self) -> dict[str, Nonconformity]:
        return {key: one for key, one in self.findings.items() if one.verified is None}

    @property
    def is_after_surveillance(self) -> bool:
        """Whether the last surveillance was entered after the last audit."""
        reached = reversed(self.reached)  # in the order of recording
        return next((one for one in reached if one in {"surveillance", "audit"}), "") == "surveillance"

    def certificate_facts(self) -> CertificateFacts:
        """Return the facts that the certificate's plan is made from. Raises KeyError where there is no certificate."""
        return CertificateFacts(
            issued=self.dates["issued"],
            surveilled=tuple(one.on for one in self.surveillances.values()),
            valid_until=self.dates.get("valid_until"),
            suspended_on=self.dates.get("suspended"),
            revoked_on=self.dates.get("revoked"),
            withdrawn_on=self.dates.get("withdrawn"),
        )


CERTIFICATION_FIELDS = frozenset(
    one.name for one in fields(Certification) if one.name not in {"id", "organisation"}
)
"""What a certification records; all other records are a case's."""


def effective_lifecycle(library: Library, certification: Certification) -> Lifecycle:
    """Return the scheme's lifecycle with the values of the certification body over it."""
    scheme = library.pinned_scheme(certification)
    return library.bodies.body_or_default(certification.body.get("")).apply_to_lifecycle(scheme.lifecycle)
