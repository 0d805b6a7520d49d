"""How a send to a chat service ended: a value, which the delivery acts on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class DeliverySuccess:
    """The service has it, or shows the same already. `message` is the id of a message that is new."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Nothing was sent. `pause` is what the service asks for; None: the usual back-off."""

    pause: timedelta | None = None


@dataclass(frozen=True, slots=True)
class UnreachableChat:
    """Nothing reaches this chat: blocked, deactivated, missing."""

    reason: str


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """The message that was to be replaced cannot be; a new one can be sent."""


@dataclass(frozen=True, slots=True)
class RejectedMessage:
    """The service will never take this message; others it may."""

    reason: str


@dataclass(frozen=True, slots=True)
class UncertainDelivery:
    """It may have arrived."""


FailedDelivery: TypeAlias = (
    RetryLater | UnreachableChat | MissingMessage | RejectedMessage | UncertainDelivery
)
SendResult: TypeAlias = DeliverySuccess | FailedDelivery
