"""What it will take, reckoned from headcount and outlets: said to be an estimate, each figure with its rule."""

from fractions import Fraction

import rubric.certificate.estimate
from dialogs.certification import stages
from dialogs.certification.nonconformities import newest_case
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.messages import Block
from dialogs.parsing.dates.parser import short_date
from dialogs.steps.base import Rows, Step, block, button
from rubric.certificate.estimate import AuditEstimate, CertificateDateEstimate, FeeEstimate
from rubric.model.fractions import format_exact
from rubric.model.profile import CountedFigure
from rubric.model.scheme import Scheme


class EstimateStep(Step):
    state = "estimate"

    def blocks(self, scene: Scene) -> list[Block]:
        case = newest_case(scene)
        scheme = scene.library.pinned_scheme(case or scene.certification)
        found = rubric.certificate.estimate.estimate_certification(
            stages.body_of(scene),
            _figure(case, scheme, "staff"),
            0 if scheme.find_figure_id("outlets") is None else _figure(case, scheme, "outlets"),
            scene.today,
            scene.dossier.calendar.working_day,
        )
        question, hint = block(scene, "question", "estimate.question"), block(scene, "hint", "estimate.hint")
        if scheme.find_figure_id("staff") is None:
            hint = block(scene, "hint", "estimate.not_asked")
        return [question, *_lines(scene, found), hint]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "profile"), button(scene, "certification", "findings.back")]]


def _figure(case: Case | None, scheme: Scheme, what: CountedFigure) -> int | None:
    """None where it is not asked for, or not answered yet."""
    asked = scheme.find_figure_id(what)
    return None if case is None or asked is None else case.figures.get(asked)


def _lines(scene: Scene, found: rubric.certificate.estimate.CertificationEstimate) -> list[Block]:
    return [_days(scene, found.days), _fee(scene, found.fee), _day(scene, found.certificate)]


def _days(scene: Scene, days: AuditEstimate | None) -> Block:
    if days is None:
        return block(scene, "body", "estimate.unknown")
    return block(
        scene,
        "body",
        "estimate.days",
        days=format_exact(Fraction(days.days)),
        staff=format_exact(Fraction(days.for_staff)),
        sampled=days.sampled,
        source=scene.words(f"source.{days.source}"),
    )


def _fee(scene: Scene, fee: FeeEstimate | None) -> Block:
    if fee is None:
        return block(scene, "body", "estimate.no_fee")
    return block(
        scene,
        "body",
        "estimate.fee",
        least=f"{fee.least:,.0f}",
        most=f"{fee.most:,.0f}",
        least_source=scene.words(f"source.{fee.least_source}"),
        most_source=scene.words(f"source.{fee.most_source}"),
    )


def _day(scene: Scene, found: CertificateDateEstimate) -> Block:
    return block(
        scene,
        "body",
        "estimate.day",
        earliest=short_date(found.earliest, scene.words),
        number=found.working_days,
        usual=short_date(found.usual, scene.words),
        latest=short_date(found.latest, scene.words),
        stages_source=scene.words(f"source.{found.stages_source}"),
        months_source=scene.words(f"source.{found.months_source}"),
    )
