"""The guards of the certification's stages, by the names that the table uses. They only look."""

from datetime import date

from transitions import EventData

from dialogs.certification import Certification


def _certification(event: EventData) -> Certification:
    found: Certification = event.kwargs["certification"]
    return found


def _has(event: EventData, stage: str) -> bool:
    return stage in event.kwargs["stages"]


def has_contract(event: EventData) -> bool:
    return _has(event, "contract")


def has_document_review(event: EventData) -> bool:
    return _has(event, "document_review")


def finding_is_open(event: EventData) -> bool:
    return bool(_certification(event).open_findings)


def certificate_is_in_force(event: EventData) -> bool:
    """There is one already, so that this was about its renewal."""
    return _certification(event).is_certified


def comes_from_surveillance(event: EventData) -> bool:
    """Corrective actions are those of a surveillance where that was begun after the last renewal."""
    reached = _certification(event).reached
    return "surveillance" in reached and reached["surveillance"] >= reached.get("recertification", date.min)
