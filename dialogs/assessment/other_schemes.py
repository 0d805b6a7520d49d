"""Assessing one enterprise under further schemes."""

from dialogs.assessment.carry_over import carry_over_answers, linked_cases
from dialogs.assessment.cases import continue_case, enter_case, open_case
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.records import CompanionNamed, EligibilityAnswered
from rubric import base_scheme_id


def list_other_schemes(scene: Scene) -> list[str]:
    """Return the further schemes for the enterprise: those with a crosswalk, and those offered on request."""
    library, own = scene.library, base_scheme_id(scene.case.scheme)
    tied = library.crosswalks.schemes_tied_to(own)
    others = [name for name in library.names() if name != own]
    return [name for name in others if name in tied or library.scheme(name).offered == "on_request"]


def find_linked_case(scene: Scene, scheme_id: str) -> Case | None:
    """Return the newest linked case under that scheme."""
    found = [one for one in linked_cases(scene) if base_scheme_id(one.scheme) == scheme_id]
    return found[-1] if found else None


def assess_under(scene: Scene, scheme_id: str) -> None:
    """Open the linked case under that scheme, or begin one, which asks only what is not known yet."""
    existing = find_linked_case(scene, scheme_id)
    if existing is not None:
        enter_case(scene, existing.id)
        return
    origin = scene.case
    open_case(scene, scheme_id)
    record_value(scene, CompanionNamed, "", origin.id)
    _copy_conditions(scene, origin)
    number = carry_over_answers(scene)
    left = len(scene.scorecard.unanswered)
    short = scene.library.text(scheme_id, scene.talk.locale).short
    scene.add_message("companions.begun", "saved", scheme=short, number=number, left=left)
    continue_case(scene)


def _copy_conditions(scene: Scene, origin: Case) -> None:
    """Copy the conditions that both schemes share and that are met; the others are asked."""
    walk = scene.library.crosswalks.find_between(origin.scheme, scene.case.scheme)
    known = {one.id for one in scene.scheme.eligibility}
    for condition in walk.conditions if walk else ():
        given = origin.eligibility.get(condition)
        if condition in known and given in {"met", "na"}:
            record_value(scene, EligibilityAnswered, condition, given)
