"""People who write to the bot, each in a private chat, and groups."""

import mimetypes
import re
from typing import Any

from tests.standin.chat_view import Talk, now
from tests.standin.entities import units
from tests.standin.errors import Json
from tests.standin.loop_thread import LoopThread, in_loop
from tests.standin.message_methods import photo_sizes
from tests.standin.state import Chat, World

COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")
BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
OGG = b"OggS" + bytes(60)


class Contact(Talk):
    """Each method that sends something returns the id of the update, or 0 if the bot does not want it."""

    def __init__(self, thread: LoopThread, world: World, user: Json) -> None:
        names: Json = {name: user[name] for name in ("id", "first_name", "username") if name in user}
        chat = world.chats.setdefault(user["id"], Chat({**names, "type": "private"}))
        super().__init__(thread, world, chat)
        self.user = user

    @in_loop
    def send(self, /, **content: Any) -> int:
        """A message with these fields of the Bot API's Message."""
        return self._send(self.user, content)[1]

    def say(self, text: str, **extra: Any) -> int:
        return self.send(**said(text), **extra)

    def command(self, text: str) -> int:
        return self.say(text)

    @in_loop
    def press(self, label_or_data: str, message_id: int | None = None, *, forged: bool = False) -> int:
        """Presses a button of the newest message that has it, or of the given one.

        `forged` sends any data, as a changed chat program can.
        """
        return self._press(self.user, label_or_data, message_id, forged)

    @in_loop
    def send_document(
        self,
        name: str,
        content: bytes,
        caption: str | None = None,
        mime: str | None = None,
        media_group_id: str | None = None,
        *,
        size: int | None = None,
    ) -> int:
        """A file; with `size` it claims to be larger than its content."""
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = self._world.store_file(name, content, kind, size=size)
        return self.send(document=stored.raw_document(), **_more(caption, media_group_id))

    @in_loop
    def send_photo(
        self, content: bytes, caption: str | None = None, media_group_id: str | None = None
    ) -> int:
        stored = self._world.store_file("photo.jpg", content, "image/jpeg")
        return self.send(photo=photo_sizes(self._world, stored), **_more(caption, media_group_id))

    def sticker(self) -> int:
        sticker = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._media("sticker", "sticker.webp", sticker | {"emoji": "👍"})

    def voice(self) -> int:
        return self._media("voice", "voice.ogg", {"duration": 3, "mime_type": "audio/ogg"})

    def video(self) -> int:
        return self._media("video", "video.mp4", {"width": 640, "height": 360, "duration": 3})

    def audio(self) -> int:
        return self._media("audio", "song.mp3", {"duration": 3, "title": "歌"})

    def location(self) -> int:
        return self.send(location={"latitude": 31.2304, "longitude": 121.4737})

    def share_contact(self) -> int:
        return self.send(contact={"phone_number": "+8613800000000", "first_name": "王"})

    def poll(self) -> int:
        options = [{"persistent_id": f"{n}", "text": f"{n}", "voter_count": 0} for n in (1, 2)]
        counts = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True}
        rules = {
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self.send(poll={"id": "77", "question": "?", "options": options, **counts, **rules})

    def dice(self) -> int:
        return self.send(dice={"emoji": "🎲", "value": 4})

    def forward(self, text: str) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "王", "date": now() - 60}
        return self.say(text, forward_origin=origin)

    @in_loop
    def edit(self, message_id: int, text: str) -> int:
        message = self._chat.messages[message_id]
        message.raw = {**message.raw, **said(text), "edit_date": now()}
        message.edits += 1
        return self._world.updates.add("edited_message", message.raw)

    @in_loop
    def last_said(self) -> int:
        """The id of the contact's newest message."""
        return max(one.id for one in self._chat.messages.values() if not one.from_bot)

    def block(self) -> int:
        return self._member("member", "kicked", BLOCKED)

    def unblock(self) -> int:
        return self._member("kicked", "member", None)

    @in_loop
    def deactivate(self) -> None:
        """The account is deleted; nobody tells the bot."""
        self._chat.refusal = DEACTIVATED

    @in_loop
    def _media(self, kind: str, name: str, more: Json) -> int:
        stored = self._world.store_file(name, OGG, "application/octet-stream")
        return self.send(**{kind: stored.raw() | more})

    @in_loop
    def _member(self, before: str, after: str, refusal: str | None) -> int:
        self._chat.known, self._chat.refusal = True, refusal
        return self._world.updates.add(
            "my_chat_member", membership(self._world.bot, self._chat, self.user, before, after)
        )


class Group(Talk):
    @in_loop
    def say(self, user: Contact, text: str, /, **extra: Any) -> int:
        return self._send(user.user, {**said(text), **extra})[1]

    @in_loop
    def press(
        self, user: Contact, label_or_data: str, message_id: int | None = None, *, forged: bool = False
    ) -> int:
        return self._press(user.user, label_or_data, message_id, forged)

    @in_loop
    def add_bot(self, user: Contact) -> int:
        """Two updates, the second being the message about it; its id is returned."""
        bot = self._world.bot
        changed = membership(bot, self._chat, user.user, "left", "member")
        self._world.updates.add("my_chat_member", changed)
        return self._send(user.user, {"new_chat_members": [bot]})[1]


def said(text: str) -> Json:
    found = COMMAND.match(text)
    if not found:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": units(found[0])}
    return {"text": text, "entities": [entity]}


def membership(bot: Json, chat: Chat, user: Json, before: str, after: str) -> Json:
    until = {"until_date": 0} if after == "kicked" else {}
    return {
        "chat": chat.raw,
        "from": user,
        "date": now(),
        "old_chat_member": {
            "user": bot,
            "status": before,
            **({"until_date": 0} if before == "kicked" else {}),
        },
        "new_chat_member": {"user": bot, "status": after, **until},
    }


def _more(caption: str | None, media_group_id: str | None) -> Json:
    more = {"caption": caption, "media_group_id": media_group_id}
    return {name: value for name, value in more.items() if value is not None}
