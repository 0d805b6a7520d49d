"""An estimate of audit days, fee and date from headcount and outlets, each figure with its rule."""

from fractions import Fraction

from dialogs.certification import stages
from dialogs.certification.nonconformities import latest_case
from dialogs.flow.scene import Scene
from dialogs.model.dossier import Case
from dialogs.model.messages import Block
from dialogs.parsing.dates.parser import format_short_date
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import (
    AuditEstimate,
    CertificateDateEstimate,
    CertificationEstimate,
    CountedFigure,
    FeeEstimate,
    Scheme,
    estimate_certification,
    format_exact,
)


class EstimateStep(Step):
    state = "estimate"
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        case = latest_case(scene)
        scheme = scene.library.pinned_scheme(case or scene.certification)
        found = estimate_certification(
            stages.current_body(scene),
            _figure_value(case, scheme, "staff"),
            0 if scheme.find_figure_id("outlets") is None else _figure_value(case, scheme, "outlets"),
            scene.today,
            scene.dossier.calendar.add_working_days,
        )
        question, hint = block(scene, "question", "estimate.question"), block(scene, "hint", "estimate.hint")
        if scheme.find_figure_id("staff") is None:
            hint = block(scene, "hint", "estimate.not_asked")
        return [question, *_estimate_blocks(scene, found), hint]

    def choices(self, scene: Scene) -> ButtonRows:
        return [[button(scene, "profile"), button(scene, "certification", "findings.back")]]


def _figure_value(case: Case | None, scheme: Scheme, what: CountedFigure) -> int | None:
    """None where it is not asked for, or not answered yet."""
    asked = scheme.find_figure_id(what)
    return None if case is None or asked is None else case.figures.get(asked)


def _estimate_blocks(scene: Scene, estimate: CertificationEstimate) -> list[Block]:
    return [
        _audit_days(scene, estimate.days),
        _fee_block(scene, estimate.fee),
        _certificate_day(scene, estimate.certificate),
    ]


def _audit_days(scene: Scene, days: AuditEstimate | None) -> Block:
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


def _fee_block(scene: Scene, fee: FeeEstimate | None) -> Block:
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


def _certificate_day(scene: Scene, estimate: CertificateDateEstimate) -> Block:
    return block(
        scene,
        "body",
        "estimate.day",
        earliest=format_short_date(estimate.earliest, scene.words),
        number=estimate.working_days,
        usual=format_short_date(estimate.usual, scene.words),
        latest=format_short_date(estimate.latest, scene.words),
        stages_source=scene.words(f"source.{estimate.stages_source}"),
        months_source=scene.words(f"source.{estimate.months_source}"),
    )
