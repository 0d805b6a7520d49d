"""Guards of the certification's stages, by the names in the table. No side effects."""

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
    """Return whether there is a certificate already, so that this is about its renewal."""
    return _certification(event).is_certified


def certificate_is_suspended(event: EventData) -> bool:
    return _certification(event).is_suspended


def certificate_is_not_suspended(event: EventData) -> bool:
    """Return whether there is a certificate that is not suspended."""
    return _certification(event).is_certified and not _certification(event).is_suspended


def comes_from_surveillance(event: EventData) -> bool:
    """Return whether the corrective actions belong to a surveillance, not to an audit."""
    return _certification(event).is_after_surveillance
