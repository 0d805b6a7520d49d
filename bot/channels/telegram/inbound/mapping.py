"""Telegram's updates as inbound values; the other direction is in `outbound`."""

import re
from dataclasses import dataclass

from bot.channels.telegram.inbound.updates import (
    CallbackQuery,
    ChatMemberUpdated,
    MediaFile,
    Message,
    Update,
    User,
)
from bot.channels.telegram.outbound.render import REMINDER_PREFIX
from bot.channels.telegram.transport.telegram_transport import CHANNEL
from bot.conversations.turns import ChannelUser
from dialogs import (
    ButtonPress,
    ChatStart,
    CommandInput,
    ReminderPress,
    TextInput,
    UnsupportedInput,
    UnsupportedKind,
    UserInput,
    hash_code,
)

MOST_DIGITS = 10
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_OTHER_KINDS: dict[str, UnsupportedKind] = {
    "voice": "voice",
    "sticker": "sticker",
    "location": "place",
    "venue": "place",
    "contact": "contact",
    "poll": "poll",
    "dice": "dice",
    "video_note": "video_note",
}
# Service messages that Telegram sends about a chat; no contact expects an answer.
_SERVICE_FIELDS = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that is still with Telegram."""

    file_id: str
    name: str
    media_type: str
    size: int
    caption: str


@dataclass(frozen=True, slots=True)
class ContactInput:
    """A contact's input. `is_message`: a message, not a press; `pressed`: the message with the button."""

    user: ChannelUser
    chat: str
    inbound: UserInput | RemoteFile
    is_message: bool = True
    pressed_message: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class ReachabilityChange:
    """The contact blocked the bot, or let it in again."""

    user: ChannelUser
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class GroupMention:
    """The bot was called in a group, where it does not work."""

    chat: str
    locale: str


MappedUpdate = ContactInput | ReachabilityChange | GroupMention


def map_update(update: Update, username: str, default_locale: str) -> MappedUpdate | None:
    """What the update is about; None where nothing is to be done about it."""
    if update.callback_query is not None:
        return _map_press(update.callback_query, default_locale)
    if update.my_chat_member is not None:
        return _map_membership(update.my_chat_member, default_locale)
    message = update.message or update.edited_message
    if message is None or message.sender is None or message.sender.is_bot:
        return None
    if not message.chat.is_private:
        return _map_group_message(message, username, default_locale) if update.message else None
    inbound = UnsupportedInput("edited") if update.edited_message else _map_message(message)
    who = _channel_user(message.sender, default_locale)
    if inbound is None:
        return None
    return ContactInput(who, str(message.chat.id), inbound, album=message.media_group_id)


def _map_membership(member: ChatMemberUpdated, default_locale: str) -> MappedUpdate | None:
    status = member.new_chat_member.status
    if member.chat.is_private:
        return ReachabilityChange(
            _channel_user(member.sender, default_locale), status not in {"kicked", "left"}
        )
    here = status in {"member", "administrator"}
    return GroupMention(str(member.chat.id), locale_of_user(member.sender, default_locale)) if here else None


def locale_of_user(user: User, default: str) -> str:
    """The language for somebody whose Telegram speaks that one."""
    code = (user.language_code or "").lower()
    if not code:
        return default
    if not code.startswith("zh"):
        return "en"
    return "zh-Hant" if any(sign in code for sign in ("hant", "tw", "hk", "mo")) else "zh-Hans"


def _channel_user(user: User, default_locale: str) -> ChannelUser:
    return ChannelUser(CHANNEL, str(user.id), user.name, locale_of_user(user, default_locale), is_pushed=True)


def _map_press(query: CallbackQuery, default_locale: str) -> MappedUpdate | None:
    message = query.message
    if message is not None and not message.chat.is_private:
        return None
    chat = str(query.sender.id if message is None else message.chat.id)
    revision, colon, button = query.data.partition(":")
    known = bool(colon) and revision.isdecimal() and len(revision) < MOST_DIGITS
    inbound: UserInput = ButtonPress(button, int(revision)) if known else UnsupportedInput("button")
    letter = revision.removeprefix(REMINDER_PREFIX)
    if revision != letter and letter.isdecimal() and len(letter) < MOST_DIGITS:
        inbound = ReminderPress(letter, button)
    pressed = None if message is None else str(message.message_id)
    return ContactInput(
        _channel_user(query.sender, default_locale), chat, inbound, is_message=False, pressed_message=pressed
    )


def _map_group_message(message: Message, username: str, default_locale: str) -> GroupMention | None:
    """Only where it was called: by a command, by its name, or by being added."""
    said = message.text or ""
    command = _COMMAND.match(said)
    called = command is not None and (command[2] or username).lower() == username.lower()
    if not called and f"@{username}".lower() not in said.lower():
        return None
    assert message.sender is not None
    return GroupMention(str(message.chat.id), locale_of_user(message.sender, default_locale))


def _map_message(message: Message) -> UserInput | RemoteFile | None:
    if message.text is not None:
        return _map_text(message.text)
    file = _find_file(message)
    if file is not None:
        return file
    if any(getattr(message, name) is not None for name in _SERVICE_FIELDS):
        return None
    kinds = [kind for name, kind in _OTHER_KINDS.items() if getattr(message, name) is not None]
    return UnsupportedInput(kinds[0] if kinds else "other")


def _map_text(text: str) -> UserInput:
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return TextInput(text)
    name, payload = command[1].lower(), (command[3] or "").strip()
    if name == "start":
        return ChatStart(code=payload if hash_code(payload) else "")
    return CommandInput(name)


def _find_file(message: Message) -> RemoteFile | None:
    """The file of a message; of a photo the largest size."""
    number = message.message_id
    if message.photo:
        return _remote_file(message.photo[-1], f"photo-{number}.jpg", message)
    for name, ending in (("animation", "mp4"), ("document", "bin"), ("video", "mp4"), ("audio", "mp3")):
        file = getattr(message, name)
        if file is not None:
            return _remote_file(file, f"{name}-{number}.{ending}", message)
    return None


def _remote_file(file: MediaFile, default_name: str, message: Message) -> RemoteFile:
    name = file.file_name or default_name
    return RemoteFile(file.file_id, name, file.mime_type, file.file_size, message.caption)
