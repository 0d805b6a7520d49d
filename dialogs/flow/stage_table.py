"""The stages of a certification and the steps between them, as data.

The certification body's profile lists the stages it has; guards (names in `dialogs/flow/stage_guards.py`) skip
the others. Whether a certificate is valid on a day follows from its dates alone (`rubric/certificate/plan.py`).
"""

from dialogs.flow.table import TransitionRow

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
MAIN_STAGES = (
    "self_assessment",
    "application",
    "contract",
    "document_review",
    "audit",
    "corrective_actions",
    "decision",
    "certified",
)

_APPLICATION_STAGES = ("application", "recertification")
RUNNING_STAGES = (
    *_APPLICATION_STAGES,
    "contract",
    "document_review",
    "audit",
    "corrective_actions",
    "decision",
)
CERTIFIED_STAGES = ("certified", "surveillance", "suspended")
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
_REFUSABLE_STAGES = (*_APPLICATION_STAGES, "document_review", "decision")

STAGE_ROWS = (
    TransitionRow("apply", ("self_assessment", "refused"), "application"),
    TransitionRow("accept", _APPLICATION_STAGES, "contract", "has_contract"),
    TransitionRow("accept", _APPLICATION_STAGES, "document_review", "has_document_review"),
    TransitionRow("accept", _APPLICATION_STAGES, "audit"),
    TransitionRow("refuse", _REFUSABLE_STAGES, "suspended", "certificate_is_suspended"),
    TransitionRow("refuse", _REFUSABLE_STAGES, "certified", "certificate_is_in_force"),
    TransitionRow("refuse", _REFUSABLE_STAGES, "refused"),
    TransitionRow("sign", ("contract",), "document_review", "has_document_review"),
    TransitionRow("sign", ("contract",), "audit"),
    TransitionRow("pass_review", ("document_review",), "audit"),
    TransitionRow("finish_audit", ("audit",), "corrective_actions", "nonconformity_is_open"),
    TransitionRow("finish_audit", ("audit",), "decision"),
    TransitionRow("correct", ("corrective_actions",), "corrective_actions", "nonconformity_is_open"),
    TransitionRow("correct", ("corrective_actions",), "certified", "comes_from_surveillance"),
    TransitionRow("correct", ("corrective_actions",), "decision"),
    TransitionRow("grant", ("decision",), "renewed", "certificate_is_in_force"),
    TransitionRow("grant", ("decision",), "certified"),
    TransitionRow("begin_surveillance", ("certified", "suspended"), "surveillance"),
    TransitionRow("finish_surveillance", ("surveillance",), "corrective_actions", "nonconformity_is_open"),
    TransitionRow("finish_surveillance", ("surveillance",), "certified"),
    TransitionRow("suspend", ("certified", "surveillance"), "suspended"),
    TransitionRow("restore", ("suspended",), "certified"),
    # A certificate may be suspended during its renewal, which keeps its stage.
    *(TransitionRow("suspend", (stage,), stage, "certificate_is_not_suspended") for stage in RUNNING_STAGES),
    *(TransitionRow("restore", (stage,), stage, "certificate_is_suspended") for stage in RUNNING_STAGES),
    TransitionRow("renew", ("certified", "suspended"), "recertification"),
    TransitionRow("revoke", CERTIFIED_STAGES, "revoked"),
    TransitionRow("revoke", RUNNING_STAGES, "revoked", "certificate_is_in_force"),
    TransitionRow("withdraw", RUNNING_STAGES, "suspended", "certificate_is_suspended"),
    TransitionRow("withdraw", RUNNING_STAGES, "certified", "certificate_is_in_force"),
    TransitionRow("withdraw", (*RUNNING_STAGES, "certified", "suspended"), "withdrawn"),
    TransitionRow("expire", (*CERTIFIED_STAGES, *RUNNING_STAGES), "expired", "certificate_is_in_force"),
)
