"""The certification as data: its stages, and what may follow what.

Which of the stages a certification body has stands in its profile; a guard (a name in `dialogs/stage_guards.py`)
passes over those that it has not. Whether a certificate is valid on a day follows from its dates alone
(`rubric/lifecycle.py`); the stages say how far the organisation's own way has come.
"""

from dialogs.table import Row

STAGES = (
    "self_assessment",
    "application",
    "refused",
    "contract",
    "document_review",
    "audit",
    "corrective_actions",
    "decision",
    "certified",
    "surveillance",
    "recertification",
    "renewed",
    "suspended",
    "revoked",
    "withdrawn",
    "expired",
)

# The way of a first certificate, as it is shown; a renewal walks it again from the application on.
WAY = (
    "self_assessment",
    "application",
    "contract",
    "document_review",
    "audit",
    "corrective_actions",
    "decision",
    "certified",
)

_APPLIED = ("application", "recertification")
_UNDER_WAY = (*_APPLIED, "contract", "document_review", "audit", "corrective_actions", "decision")

STAGE_ROWS = (
    Row("apply", ("self_assessment", "refused"), "application"),
    Row("accept", _APPLIED, "contract", "has_contract"),
    Row("accept", _APPLIED, "document_review", "has_document_review"),
    Row("accept", _APPLIED, "audit"),
    Row("refuse", (*_APPLIED, "document_review", "decision"), "certified", "certificate_is_in_force"),
    Row("refuse", (*_APPLIED, "document_review", "decision"), "refused"),
    Row("sign", ("contract",), "document_review", "has_document_review"),
    Row("sign", ("contract",), "audit"),
    Row("pass_review", ("document_review",), "audit"),
    Row("finish_audit", ("audit",), "corrective_actions", "finding_is_open"),
    Row("finish_audit", ("audit",), "decision"),
    Row("correct", ("corrective_actions",), "corrective_actions", "finding_is_open"),
    Row("correct", ("corrective_actions",), "certified", "comes_from_surveillance"),
    Row("correct", ("corrective_actions",), "decision"),
    Row("grant", ("decision",), "renewed", "certificate_is_in_force"),
    Row("grant", ("decision",), "certified"),
    Row("begin_surveillance", ("certified", "suspended"), "surveillance"),
    Row("finish_surveillance", ("surveillance",), "corrective_actions", "finding_is_open"),
    Row("finish_surveillance", ("surveillance",), "certified"),
    Row("suspend", ("certified", "surveillance"), "suspended"),
    Row("restore", ("suspended",), "certified"),
    Row("renew", ("certified",), "recertification"),
    Row("revoke", ("certified", "surveillance", "suspended"), "revoked"),
    Row("withdraw", _UNDER_WAY, "certified", "certificate_is_in_force"),
    Row("withdraw", (*_UNDER_WAY, "certified", "suspended"), "withdrawn"),
    Row("expire", ("certified", "surveillance", "suspended", *_UNDER_WAY), "expired"),
)
