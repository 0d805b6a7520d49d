"""The guards of the certification's stages, by the names that the table uses. They only look."""

from transitions import EventData

from dialogs.model.certification import Certification


def _certification(event: EventData) -> Certification:
    found: Certification = event.kwargs["certification"]
    return found


def _has_stage(event: EventData, stage: str) -> bool:
    return stage in event.kwargs["stages"]


def has_contract(event: EventData) -> bool:
    return _has_stage(event, "contract")


def has_document_review(event: EventData) -> bool:
    return _has_stage(event, "document_review")


def nonconformity_is_open(event: EventData) -> bool:
    return bool(_certification(event).open_nonconformities)


def certificate_is_in_force(event: EventData) -> bool:
    """There is one already, so that this was about its renewal."""
    return _certification(event).is_certified


def certificate_is_suspended(event: EventData) -> bool:
    return _certification(event).is_suspended


def certificate_is_not_suspended(event: EventData) -> bool:
    """There is one, and it is not."""
    return _certification(event).is_certified and not _certification(event).is_suspended


def comes_from_surveillance(event: EventData) -> bool:
    """Corrective actions are those of what looked at the enterprise last."""
    return _certification(event).is_after_surveillance
