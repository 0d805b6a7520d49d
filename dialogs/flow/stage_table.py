"""The certification as data: its stages, and what may follow what.

Which of the stages a certification body has stands in its profile; a guard (a name in `dialogs/flow/stage_guards.py`)
passes over those that it has not. Whether a certificate is valid on a day follows from its dates alone
(`rubric/certificate/plan.py`); the stages say how far the organisation's own way has come.
"""

from dialogs.flow.table import Row

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
UNDER_WAY = (*_APPLIED, "contract", "document_review", "audit", "corrective_actions", "decision")
HELD = ("certified", "surveillance", "suspended")
EXCEPTIONAL_SOURCES = ("refused", "suspended")
# Trigger and destination of what usually happens, from any other source.
MAIN_STEPS = (
    ("apply", "application"),
    ("accept", "contract"),
    ("sign", "document_review"),
    ("pass_review", "audit"),
    ("finish_audit", "corrective_actions"),
    ("finish_audit", "decision"),
    ("correct", "decision"),
    ("correct", "certified"),
    ("grant", "renewed"),
    ("grant", "certified"),
    ("begin_surveillance", "surveillance"),
    ("finish_surveillance", "corrective_actions"),
    ("finish_surveillance", "certified"),
    ("renew", "recertification"),
)
_MAY_BE_REFUSED = (*_APPLIED, "document_review", "decision")

STAGE_ROWS = (
    Row("apply", ("self_assessment", "refused"), "application"),
    Row("accept", _APPLIED, "contract", "has_contract"),
    Row("accept", _APPLIED, "document_review", "has_document_review"),
    Row("accept", _APPLIED, "audit"),
    Row("refuse", _MAY_BE_REFUSED, "suspended", "certificate_is_suspended"),
    Row("refuse", _MAY_BE_REFUSED, "certified", "certificate_is_in_force"),
    Row("refuse", _MAY_BE_REFUSED, "refused"),
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
    # A certificate may be suspended while it is being renewed: the renewal stands where it stood.
    *(Row("suspend", (stage,), stage, "certificate_is_not_suspended") for stage in UNDER_WAY),
    *(Row("restore", (stage,), stage, "certificate_is_suspended") for stage in UNDER_WAY),
    Row("renew", ("certified", "suspended"), "recertification"),
    Row("revoke", HELD, "revoked"),
    Row("revoke", UNDER_WAY, "revoked", "certificate_is_in_force"),
    Row("withdraw", UNDER_WAY, "suspended", "certificate_is_suspended"),
    Row("withdraw", UNDER_WAY, "certified", "certificate_is_in_force"),
    Row("withdraw", (*UNDER_WAY, "certified", "suspended"), "withdrawn"),
    Row("expire", (*HELD, *UNDER_WAY), "expired", "certificate_is_in_force"),
)
