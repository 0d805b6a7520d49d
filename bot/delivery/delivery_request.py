"""The request to deliver what a turn or a claim leaves to be sent."""

from dataclasses import dataclass, field

from bot.store.delivery.chat_screens import ChatScreen
from bot.store.delivery.outbox import OutboxItem


@dataclass(frozen=True, slots=True)
class DeliveryRequest:
    """The screen and the items to send after the commit."""

    screen: ChatScreen | None = None
    items: list[OutboxItem] = field(default_factory=list)
    contact_erased: bool = False
