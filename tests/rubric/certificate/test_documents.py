"""Which papers are asked for, and how each stands on a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from rubric.certificate.documents import (
    MaterialRecord,
    Progress,
    State,
    bearing_on,
    checklist,
    lacks_end,
    progress,
    state_of,
)
from rubric.library.library import Library
from rubric.model.bodies import Body, Purpose

TODAY = date(2026, 11, 23)


def body(*modes: str) -> Body:
    papers: list[dict[str, Any]] = [
        {"id": "licence", "for": ["application"], "expires": "yes", "source": "standard"},
        {"id": "review", "for": ["surveillance"], "source": "standard"},
        {"id": "both", "for": ["application", "surveillance"], "indicators": ["5.1.1.1"], "source": "body"},
        {
            "id": "permit",
            "for": ["application"],
            "trades": ["retail"],
            "trades_source": "body",
            "source": "body",
        },
        {
            "id": "rest",
            "for": ["application"],
            "trades": ["other"],
            "trades_source": "body",
            "source": "body",
        },
        {"id": "link", "for": ["application", "remote"], "source": "standard"},
    ]
    value = Library.of().bodies.or_default(None).model_dump(mode="json")
    return Body.model_validate(value | {"materials": papers, "audit_modes": list(modes) or ["on_site"]})


def asked(trade: str | None, purpose: Purpose, *modes: str) -> list[str]:
    return [one.id for one in checklist(body(*modes), trade, purpose)]


@pytest.mark.parametrize(
    ("trade", "purpose", "modes", "wanted"),
    [
        ("retail", "application", [], ["licence", "both", "permit"]),
        ("finance", "application", [], ["licence", "both"]),
        ("other", "application", [], ["licence", "both", "rest"]),
        ("a trade in free words", "application", [], ["licence", "both", "rest"]),
        (None, "application", [], ["licence", "both", "rest"]),
        ("finance", "surveillance", [], ["review", "both"]),
        ("finance", "application", ["on_site", "remote"], ["licence", "both", "link"]),
        ("finance", "surveillance", ["remote"], ["review", "both"]),
    ],
)
def test_it_goes_by_trade_purpose_and_whether_the_body_audits_remotely(
    trade: str | None, purpose: Purpose, modes: list[str], wanted: list[str]
) -> None:
    assert asked(trade, purpose, *modes) == wanted


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (None, "missing"),
        (MaterialRecord(have=False), "missing"),
        (MaterialRecord(have=False, expires=TODAY), "missing"),
        (MaterialRecord(have=True), "have"),
        (MaterialRecord(have=True, expires=TODAY), "expiring"),
        (MaterialRecord(have=True, expires=TODAY - timedelta(days=1)), "expired"),
        (MaterialRecord(have=True, expires=TODAY + timedelta(days=30)), "expiring"),
        (MaterialRecord(have=True, expires=TODAY + timedelta(days=31)), "have"),
    ],
)
def test_a_paper_is_good_on_its_last_day_and_said_to_expire_in_time(
    record: MaterialRecord | None, state: State
) -> None:
    assert state_of(record, TODAY) == state


def test_what_has_expired_is_not_there() -> None:
    papers = checklist(body(), "retail", "application")
    records = {
        "licence": MaterialRecord(have=True, expires=TODAY - timedelta(days=1)),
        "both": MaterialRecord(have=True),
        "review": MaterialRecord(have=True),
    }
    assert progress(papers, records, TODAY) == Progress(have=1, expired=1, total=3)


def test_a_paper_that_ends_some_day_is_asked_for_its_day() -> None:
    licence, *_ = checklist(body(), "retail", "application")
    assert lacks_end(licence, MaterialRecord(have=True))
    assert not lacks_end(licence, MaterialRecord(have=True, expires=TODAY))
    assert not lacks_end(licence, None)


def test_papers_that_are_evidence_too_are_found_by_their_indicator() -> None:
    assert [one.id for one in bearing_on(body(), "5.1.1.1")] == ["both"]
    assert bearing_on(body(), "5.1.1.2") == ()
