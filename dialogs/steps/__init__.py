"""The steps of the talk: one class a state, what it shows and what it accepts."""

from dialogs.steps.base import Step
from dialogs.steps.deductions import Bonus, DeductionNote, Deductions
from dialogs.steps.eligibility import Eligibility, Ineligible
from dialogs.steps.enterprises import Compare, Invite, Join, Organisations, Profile
from dialogs.steps.evidence import Evidence
from dialogs.steps.grade import Breakdown, Grade
from dialogs.steps.opening import Agreement, Language
from dialogs.steps.organisation import Organisation
from dialogs.steps.passing import Help, Menu, Paused, Sections
from dialogs.steps.question import Question
from dialogs.steps.reason import Reason
from dialogs.steps.review import Confirm, Review
from dialogs.steps.sample import Sample
from dialogs.steps.scheme import Scheme

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
        Breakdown(),
        Menu(),
        Help(),
        Sections(),
        Paused(),
        Profile(),
        Organisations(),
        Invite(),
        Compare(),
    )
}
