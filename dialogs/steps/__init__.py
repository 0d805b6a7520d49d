"""The steps of the talk: one class a state, what it shows and what it accepts."""

from dialogs.steps.agreement import Agreement
from dialogs.steps.base import Step
from dialogs.steps.bodies import Bodies
from dialogs.steps.bonus import Bonus
from dialogs.steps.breakdown import Breakdown
from dialogs.steps.calendar import Calendar
from dialogs.steps.certificate import Certificate
from dialogs.steps.certification import Certification
from dialogs.steps.certifications import Certifications
from dialogs.steps.companions import Companions
from dialogs.steps.compare import Compare
from dialogs.steps.confirm import Confirm
from dialogs.steps.deduction_note import DeductionNote
from dialogs.steps.deductions import Deductions
from dialogs.steps.eligibility import Eligibility
from dialogs.steps.entry import Entry
from dialogs.steps.erase import Erase
from dialogs.steps.erased import Erased
from dialogs.steps.estimate import Estimate
from dialogs.steps.evidence import Evidence
from dialogs.steps.finding import Finding
from dialogs.steps.findings import Findings
from dialogs.steps.grade import Grade
from dialogs.steps.handover import Handover
from dialogs.steps.help import Help
from dialogs.steps.ineligible import Ineligible
from dialogs.steps.invite import Invite
from dialogs.steps.join import Join
from dialogs.steps.language import Language
from dialogs.steps.material import Material
from dialogs.steps.materials import Materials
from dialogs.steps.menu import Menu
from dialogs.steps.organisation import Organisation
from dialogs.steps.organisations import Organisations
from dialogs.steps.paused import Paused
from dialogs.steps.profile import Profile
from dialogs.steps.question import Question
from dialogs.steps.reason import Reason
from dialogs.steps.refresh import Refresh
from dialogs.steps.reminder import Reminder
from dialogs.steps.reminders import Reminders
from dialogs.steps.review import Review
from dialogs.steps.sample import Sample
from dialogs.steps.scheme import Scheme
from dialogs.steps.sections import Sections
from dialogs.steps.version import Version
from dialogs.steps.when import When

STEPS: dict[str, Step] = {
    step.state: step
    for step in (
        Language(),
        Agreement(),
        Join(),
        Organisation(),
        Scheme(),
        Eligibility(),
        Ineligible(),
        Question(),
        Sample(),
        Reason(),
        Evidence(),
        Deductions(),
        DeductionNote(),
        Bonus(),
        Review(),
        Confirm(),
        Grade(),
        Menu(),
        Help(),
        Sections(),
        Paused(),
        Profile(),
        Organisations(),
        Invite(),
        Compare(),
        Companions(),
        Breakdown(),
        Erase(),
        Erased(),
        Certification(),
        Certifications(),
        Bodies(),
        Certificate(),
        Calendar(),
        Materials(),
        Material(),
        Findings(),
        Finding(),
        Estimate(),
        Refresh(),
        When(),
        Entry(),
        Reminder(),
        Handover(),
        Reminders(),
        Version(),
    )
}
