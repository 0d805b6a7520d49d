"""What of Telegram's updates is used, checked field by field: an update is input from outside like any other."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.telegram.transport.polling import ALLOWED_UPDATES

TelegramId = Annotated[int, Field(ge=-(2**63), lt=2**63)]


class UpdatePart(BaseModel):
    """Fields that are not named are left aside; a named one of another type makes the update unreadable."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class User(UpdatePart):
    id: TelegramId
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    language_code: str | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Chat(UpdatePart):
    id: TelegramId
    type: str

    @property
    def is_private(self) -> bool:
        return self.type == "private"


class MediaFile(UpdatePart):
    """A document, video, audio, animation, or one of a photo's sizes."""

    file_id: str
    file_size: Annotated[int, Field(ge=0)] = 0
    file_name: str = ""
    mime_type: str = ""


class Message(UpdatePart):
    message_id: TelegramId
    chat: Chat
    sender: User | None = Field(None, alias="from")
    text: str | None = None
    caption: str = ""
    media_group_id: str | None = None
    photo: list[MediaFile] = []
    document: MediaFile | None = None
    video: MediaFile | None = None
    audio: MediaFile | None = None
    animation: MediaFile | None = None
    voice: Any = None
    video_note: Any = None
    sticker: Any = None
    location: Any = None
    venue: Any = None
    contact: Any = None
    poll: Any = None
    dice: Any = None
    new_chat_members: list[User] = []
    pinned_message: Any = None
    message_auto_delete_timer_changed: Any = None
    chat_background_set: Any = None


class PressedMessage(UpdatePart):
    """The message whose button was pressed; Telegram sends no more than this of an old one."""

    message_id: TelegramId
    chat: Chat


class CallbackQuery(UpdatePart):
    id: str
    sender: User = Field(alias="from")
    message: PressedMessage | None = None
    data: str = ""


class ChatMember(UpdatePart):
    status: str


class ChatMemberUpdated(UpdatePart):
    chat: Chat
    sender: User = Field(alias="from")
    new_chat_member: ChatMember


class Update(UpdatePart):
    update_id: TelegramId
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None


def parse_update(raw: object) -> Update | None:
    """The update; None where it is not one that can be read."""
    try:
        return Update.model_validate(raw)
    except (ValidationError, RecursionError):
        return None


def chat_id_of(raw: dict[str, Any]) -> str:
    """Return the chat in whose order the update belongs; empty when it names none."""
    for kind in ALLOWED_UPDATES:
        one = raw.get(kind)
        if isinstance(one, dict):
            inner = one.get("message") if kind == "callback_query" else one
            for place in (inner, one):
                found = _nested_id(place, "chat") or _nested_id(place, "from")
                if found:
                    return str(found)
    return ""


def _nested_id(place: object, name: str) -> int:
    whose = place.get(name) if isinstance(place, dict) else None
    found = whose.get("id") if isinstance(whose, dict) else None
    return found if isinstance(found, int) else 0
