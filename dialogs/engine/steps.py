"""The steps of the talk: one class a state, what it shows and what it accepts."""

from dialogs.steps.base import Step
from dialogs.steps.certification.bodies import Bodies
from dialogs.steps.certification.calendar import Calendar
from dialogs.steps.certification.certificate import Certificate
from dialogs.steps.certification.certification import Certification
from dialogs.steps.certification.certifications import Certifications
from dialogs.steps.certification.document import Material
from dialogs.steps.certification.documents import Materials
from dialogs.steps.certification.estimate import Estimate
from dialogs.steps.certification.nonconformities import Findings
from dialogs.steps.certification.nonconformity import Finding
from dialogs.steps.certification.reassessment import Refresh
from dialogs.steps.reminders.handover import Handover
from dialogs.steps.reminders.reminder import Reminder
from dialogs.steps.reminders.reminder_settings import Reminders
from dialogs.steps.result.breakdown import Breakdown
from dialogs.steps.result.compare_cases import Compare
from dialogs.steps.result.confirm import Confirm
from dialogs.steps.result.grade import Grade
from dialogs.steps.result.new_version import Version
from dialogs.steps.result.other_schemes import Companions
from dialogs.steps.result.review import Review
from dialogs.steps.scoring.bonus import Bonus
from dialogs.steps.scoring.contents import Sections
from dialogs.steps.scoring.deduction_note import DeductionNote
from dialogs.steps.scoring.deductions import Deductions
from dialogs.steps.scoring.eligibility import Eligibility
from dialogs.steps.scoring.evidence import Evidence
from dialogs.steps.scoring.ineligible import Ineligible
from dialogs.steps.scoring.not_applicable_reason import Reason
from dialogs.steps.scoring.question import Question
from dialogs.steps.scoring.sample_counts import Sample
from dialogs.steps.setup.accept_invitation import Join
from dialogs.steps.setup.agreement import Agreement
from dialogs.steps.setup.create_invitation import Invite
from dialogs.steps.setup.language import Language
from dialogs.steps.setup.organisation import Organisation
from dialogs.steps.setup.organisations import Organisations
from dialogs.steps.setup.profile import Profile
from dialogs.steps.setup.scheme import Scheme
from dialogs.steps.shared.ask_date import When
from dialogs.steps.shared.ask_text import Entry
from dialogs.steps.shared.erase import Erase
from dialogs.steps.shared.erased import Erased
from dialogs.steps.shared.help import Help
from dialogs.steps.shared.menu import Menu
from dialogs.steps.shared.paused import Paused

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
