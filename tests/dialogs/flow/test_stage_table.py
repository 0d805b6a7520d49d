"""The stages of a certification: every name in their table means something, and every way leads somewhere."""

import inspect
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from transitions import MachineError

from dialogs.certification.certifications import FINAL_STAGES
from dialogs.certification.stages import CertificationProgress, possible_steps
from dialogs.flow import machine, stage_guards
from dialogs.flow.diagram import GROUPS, draw_certification, list_exceptional_steps
from dialogs.flow.machine import STAGE_MACHINE, find_callback, fire_trigger
from dialogs.flow.stage_table import MAIN_STAGES, MAIN_STEPS, STAGE_ROWS, STAGES
from dialogs.flow.table import TransitionRow
from dialogs.language.catalogue import LOCALES, sentences
from dialogs.model.certification import FIRST_STAGE, Certification
from dialogs.model.values import Nonconformity
from rubric.model.bodies import OPTIONAL_STAGES

GUARDS = {row.guard for row in STAGE_ROWS if row.guard}
ALL_STAGES = frozenset({*MAIN_STAGES})
DAY = date(2026, 11, 23)
OPEN = {"f1": Nonconformity("5.1.1.1", "没有网点清单")}


def certification(**known: object) -> Certification:
    opened = datetime(2026, 11, 1, tzinfo=UTC)
    return Certification("k1", "o1", "gbt27922-2011", "1", "", opened, **known)  # type: ignore[arg-type]


def after(
    stage: str, trigger: str, known: Certification | None = None, stages: frozenset[str] = ALL_STAGES
) -> str:
    """The stage to which a step leads."""
    standing = CertificationProgress(stage)
    fire_trigger(standing, trigger, STAGE_MACHINE, certification=known or certification(), stages=stages)
    return standing.state


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_every_guard_that_the_table_names_is_there(name: str) -> None:
    assert list(inspect.signature(find_callback(name, stage_guards)).parameters) == ["event"]


def test_no_guard_is_idle() -> None:
    public = {
        name
        for name, one in vars(stage_guards).items()
        if inspect.isfunction(one) and not name.startswith("_")
    }
    assert public == GUARDS


@pytest.mark.parametrize("row", STAGE_ROWS, ids=lambda row: str(row[:1] + row[2:]))
def test_every_row_fires_where_its_guard_holds(row: TransitionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """With this row's guard held and no other one, the certification goes where the row says."""
    for name in GUARDS:
        monkeypatch.setattr(stage_guards, name, lambda event, held=name == row.guard: held)
    built = machine.build_machine(STAGES, STAGE_ROWS, {}, stage_guards)
    for source in row.sources:
        standing = CertificationProgress(source)
        assert built.events[row.trigger].trigger(standing)
        assert standing.state == row.dest


KNOWN = {
    "nothing yet": certification(),
    "certified": certification(dates={"issued": DAY}),
    "suspended": certification(dates={"issued": DAY, "suspended": DAY}),
    "with findings": certification(findings=OPEN),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("known", KNOWN)
def test_a_step_that_is_offered_leads_on_and_any_other_leads_nowhere(stage: str, known: str) -> None:
    standing = replace(KNOWN[known], stage={"": stage})
    offered = possible_steps(standing)
    for trigger in sorted({row.trigger for row in STAGE_ROWS}):
        if trigger in offered:
            assert after(stage, trigger, standing) in STAGES
        else:
            with pytest.raises(MachineError):
                after(stage, trigger, standing)


def test_without_a_certificate_nothing_is_suspended_revoked_or_expires() -> None:
    for stage in ("application", "audit", "decision"):
        offered = possible_steps(replace(KNOWN["nothing yet"], stage={"": stage}))
        assert not {"suspend", "restore", "revoke", "expire"} & {*offered}


@pytest.mark.parametrize("stage", ["recertification", "audit", "corrective_actions", "decision"])
def test_a_suspension_and_its_end_leave_a_renewal_where_it_stands(stage: str) -> None:
    assert after(stage, "suspend", KNOWN["certified"]) == stage
    assert after(stage, "restore", KNOWN["suspended"]) == stage


def test_a_suspended_certificate_can_be_renewed() -> None:
    assert after("suspended", "renew", KNOWN["suspended"]) == "recertification"
    assert after("decision", "grant", KNOWN["suspended"]) == "renewed"


@pytest.mark.parametrize("trigger", ["refuse", "withdraw"])
def test_a_renewal_refused_or_given_up_leaves_a_suspended_certificate_suspended(trigger: str) -> None:
    assert after("decision", trigger, KNOWN["suspended"]) == "suspended"


def test_every_stage_can_be_reached() -> None:
    reached = {FIRST_STAGE}
    while found := {row.dest for row in STAGE_ROWS if reached & {*row.sources}} - reached:
        reached |= found
    assert reached == set(STAGES)


def test_every_stage_but_the_last_ones_leads_on() -> None:
    leading_on = {source for row in STAGE_ROWS for source in row.sources}
    assert set(STAGES) - leading_on == FINAL_STAGES


def test_every_stage_and_step_has_its_words() -> None:
    for locale in LOCALES:
        known = sentences(locale)
        assert {f"stage.{stage}" for stage in STAGES} <= set(known)
        assert {f"certification.do.{stage}" for stage in STAGES} <= set(known)
        assert {f"step.{row.trigger}" for row in STAGE_ROWS} <= set(known)


def test_every_row_is_in_the_diagram_or_in_the_table_of_exceptional_steps() -> None:
    arrows = [line for line in draw_certification().splitlines() if "-->" in line and "[*]" not in line]
    groups = {name: ", ".join(f"`{stage}`" for stage in stages) for name, stages in GROUPS.items()}
    exceptional = [line.split(" | ") for line in list_exceptional_steps().splitlines()[2:]]
    sources = [groups.get(name, name) for cells in exceptional for name in cells[1].split(", ")]
    listed = ", ".join(sources).split(", ")
    assert len(arrows) + len(listed) == sum(len(row.sources) for row in STAGE_ROWS)
    assert {re.sub(r"^.*> (.*): (\w+).*", r"\2 \1", line) for line in arrows} == {*map(" ".join, MAIN_STEPS)}


def test_the_main_way_leads_to_no_exceptional_stage() -> None:
    assert not {"refused", "suspended", "revoked", "withdrawn", "expired"} & {*draw_certification().split()}


def test_the_way_that_is_shown_is_one_that_can_be_gone() -> None:
    known = certification(findings=OPEN)
    triggers = ("apply", "accept", "sign", "pass_review", "finish_audit")
    at, gone = MAIN_STAGES[0], [MAIN_STAGES[0]]
    for trigger in triggers:
        at = after(at, trigger, known)
        gone.append(at)
    assert (*gone, "decision", "certified") == MAIN_STAGES
    assert after("corrective_actions", "correct") == "decision"
    assert after("decision", "grant") == "certified"


@pytest.mark.parametrize(
    ("without", "way"),
    [
        (set(), ["contract", "document_review", "audit"]),
        ({"contract"}, ["document_review", "audit"]),
        ({"document_review"}, ["contract", "audit"]),
        (set(OPTIONAL_STAGES), ["audit"]),
    ],
)
@pytest.mark.parametrize("start", ["application", "recertification"])
def test_a_body_without_a_contract_or_a_document_review_passes_over_them(
    start: str, without: set[str], way: list[str]
) -> None:
    at, gone = start, []
    for trigger in ("accept", "sign", "pass_review"):
        if any(row.trigger == trigger and at in row.sources for row in STAGE_ROWS):
            at = after(at, trigger, stages=ALL_STAGES - without)
            gone.append(at)
    assert gone == way


def test_an_audit_without_findings_needs_no_corrective_actions() -> None:
    closed = certification(findings={"f1": Nonconformity("5.1.1.1", "无清单", verified=DAY)})
    assert after("audit", "finish_audit", closed) == "decision"
    assert after("surveillance", "finish_surveillance", closed) == "certified"


@pytest.mark.parametrize(
    ("stage", "trigger"), [("audit", "finish_audit"), ("surveillance", "finish_surveillance")]
)
def test_open_findings_ask_for_corrective_actions(stage: str, trigger: str) -> None:
    assert after(stage, trigger, certification(findings=OPEN)) == "corrective_actions"


def test_corrective_actions_last_as_long_as_a_finding_is_open() -> None:
    assert after("corrective_actions", "correct", certification(findings=OPEN)) == "corrective_actions"


@pytest.mark.parametrize(
    ("reached", "leads_to"),
    [
        (["application", "audit"], "decision"),
        (["application", "audit", "certified", "surveillance"], "certified"),
        (["audit", "certified", "surveillance", "recertification", "audit"], "decision"),
        (["audit", "surveillance", "recertification", "audit", "certified", "surveillance"], "certified"),
        (["certified", "surveillance"], "certified"),
    ],
)
def test_corrective_actions_lead_back_to_what_they_came_from(reached: list[str], leads_to: str) -> None:
    """Told by the order in which stages were entered, so that one day may hold several of them."""
    days: dict[str, date] = {}
    for stage in reached:
        days.pop(stage, None)
        days[stage] = DAY
    assert after("corrective_actions", "correct", certification(reached=days)) == leads_to


def test_what_is_granted_while_a_certificate_is_in_force_renews_it() -> None:
    certified = certification(dates={"issued": date(2024, 1, 10)})
    assert after("decision", "grant") == "certified"
    assert after("decision", "grant", certified) == "renewed"


@pytest.mark.parametrize("stage", ["recertification", "document_review", "decision"])
def test_a_renewal_refused_or_given_up_leaves_the_certificate_in_force(stage: str) -> None:
    certified = certification(dates={"issued": date(2024, 1, 10)})
    assert after(stage, "refuse", certified) == "certified"
    assert after(stage, "withdraw", certified) == "certified"
    assert after(stage, "refuse") == "refused"
    assert after(stage, "withdraw") == "withdrawn"
