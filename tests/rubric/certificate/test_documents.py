"""Which papers are asked for, and how each stands on a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from rubric.certificate.documents import (
    DocumentProgress,
    DocumentRecord,
    DocumentState,
    count_documents,
    document_state,
    required_documents,
)
from rubric.library.library import Library
from rubric.model.bodies import BodyProfile, DocumentPurpose

TODAY = date(2026, 11, 23)


def body(*modes: str) -> BodyProfile:
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
    value = Library.from_folders().bodies.body_or_default(None).model_dump(mode="json")
    return BodyProfile.model_validate(
        value | {"materials": papers, "audit_modes": list(modes) or ["on_site"]}
    )


def asked(trade: str | None, purpose: DocumentPurpose, *modes: str) -> list[str]:
    return [one.id for one in required_documents(body(*modes), trade, purpose)]


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
    trade: str | None, purpose: DocumentPurpose, modes: list[str], wanted: list[str]
) -> None:
    assert asked(trade, purpose, *modes) == wanted


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (None, "missing"),
        (DocumentRecord(have=False), "missing"),
        (DocumentRecord(have=False, expires=TODAY), "missing"),
        (DocumentRecord(have=True), "have"),
        (DocumentRecord(have=True, expires=TODAY), "expiring"),
        (DocumentRecord(have=True, expires=TODAY - timedelta(days=1)), "expired"),
        (DocumentRecord(have=True, expires=TODAY + timedelta(days=30)), "expiring"),
        (DocumentRecord(have=True, expires=TODAY + timedelta(days=31)), "have"),
    ],
)
def test_a_paper_is_good_on_its_last_day_and_said_to_expire_in_time(
    record: DocumentRecord | None, state: DocumentState
) -> None:
    assert document_state(record, TODAY) == state


def test_what_has_expired_is_not_there() -> None:
    papers = required_documents(body(), "retail", "application")
    records = {
        "licence": DocumentRecord(have=True, expires=TODAY - timedelta(days=1)),
        "both": DocumentRecord(have=True),
        "review": DocumentRecord(have=True),
    }
    assert count_documents(papers, records, TODAY) == DocumentProgress(have=1, expired=1, total=3)
