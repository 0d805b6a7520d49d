"""The steps of the talk: one class a state, what it shows and what it accepts."""

from dialogs.steps.base import Step
from dialogs.steps.certification.bodies import BodiesStep
from dialogs.steps.certification.calendar import CalendarStep
from dialogs.steps.certification.certificate import CertificateStep
from dialogs.steps.certification.certification import CertificationStep
from dialogs.steps.certification.certifications import CertificationsStep
from dialogs.steps.certification.document import DocumentStep
from dialogs.steps.certification.documents import DocumentsStep
from dialogs.steps.certification.estimate import EstimateStep
from dialogs.steps.certification.nonconformities import NonconformitiesStep
from dialogs.steps.certification.nonconformity import NonconformityStep
from dialogs.steps.certification.reassessment import ReassessmentStep
from dialogs.steps.reminders.handover import HandoverStep
from dialogs.steps.reminders.reminder import ReminderStep
from dialogs.steps.reminders.reminder_settings import ReminderSettingsStep
from dialogs.steps.result.breakdown import BreakdownStep
from dialogs.steps.result.compare_cases import CompareCasesStep
from dialogs.steps.result.confirm import ConfirmStep
from dialogs.steps.result.grade import GradeStep
from dialogs.steps.result.new_version import NewVersionStep
from dialogs.steps.result.other_schemes import OtherSchemesStep
from dialogs.steps.result.review import ReviewStep
from dialogs.steps.scoring.bonus import BonusStep
from dialogs.steps.scoring.contents import ContentsStep
from dialogs.steps.scoring.deduction_note import DeductionNoteStep
from dialogs.steps.scoring.deductions import DeductionsStep
from dialogs.steps.scoring.eligibility import EligibilityStep
from dialogs.steps.scoring.evidence import EvidenceStep
from dialogs.steps.scoring.ineligible import IneligibleStep
from dialogs.steps.scoring.not_applicable_reason import NotApplicableReasonStep
from dialogs.steps.scoring.question import QuestionStep
from dialogs.steps.scoring.sample_counts import SampleCountsStep
from dialogs.steps.setup.accept_invitation import AcceptInvitationStep
from dialogs.steps.setup.agreement import AgreementStep
from dialogs.steps.setup.create_invitation import CreateInvitationStep
from dialogs.steps.setup.language import LanguageStep
from dialogs.steps.setup.organisation import OrganisationStep
from dialogs.steps.setup.organisations import OrganisationsStep
from dialogs.steps.setup.profile import ProfileStep
from dialogs.steps.setup.scheme import SchemeStep
from dialogs.steps.shared.ask_date import AskDateStep
from dialogs.steps.shared.ask_text import AskTextStep
from dialogs.steps.shared.erase import EraseStep
from dialogs.steps.shared.erased import ErasedStep
from dialogs.steps.shared.help import HelpStep
from dialogs.steps.shared.menu import MenuStep
from dialogs.steps.shared.paused import PausedStep

STEPS: dict[str, Step] = {
    step.state: step
    for step in (
        LanguageStep(),
        AgreementStep(),
        AcceptInvitationStep(),
        OrganisationStep(),
        SchemeStep(),
        EligibilityStep(),
        IneligibleStep(),
        QuestionStep(),
        SampleCountsStep(),
        NotApplicableReasonStep(),
        EvidenceStep(),
        DeductionsStep(),
        DeductionNoteStep(),
        BonusStep(),
        ReviewStep(),
        ConfirmStep(),
        GradeStep(),
        MenuStep(),
        HelpStep(),
        ContentsStep(),
        PausedStep(),
        ProfileStep(),
        OrganisationsStep(),
        CreateInvitationStep(),
        CompareCasesStep(),
        OtherSchemesStep(),
        BreakdownStep(),
        EraseStep(),
        ErasedStep(),
        CertificationStep(),
        CertificationsStep(),
        BodiesStep(),
        CertificateStep(),
        CalendarStep(),
        DocumentsStep(),
        DocumentStep(),
        NonconformitiesStep(),
        NonconformityStep(),
        EstimateStep(),
        ReassessmentStep(),
        AskDateStep(),
        AskTextStep(),
        ReminderStep(),
        HandoverStep(),
        ReminderSettingsStep(),
        NewVersionStep(),
    )
}
