"""What the stand-in knows: people, chats, messages, files, presses and the calls made."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.errors import ApiError, Json, bad_request
from tests.standin.failures import Plan
from tests.standin.keyboards import Button, buttons_of
from tests.standin.rate_limits import Floods
from tests.standin.updates import Updates

FIRST_MESSAGE = 11
MOST_FILE_BYTES = 20 * 1024 * 1024
QUERY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    size: int
    content: bytes = field(repr=False)

    def raw(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}

    def raw_document(self) -> Json:
        return {**self.raw(), "file_name": self.name, "mime_type": self.mime}


@dataclass(slots=True)
class Message:
    """One message; `html` is the text as the bot sent it, `raw` what the Bot API calls a Message."""

    id: int
    chat: int
    from_bot: bool
    raw: Json
    html: str = ""
    parse_mode: str | None = None
    document: StoredFile | None = None
    deleted: bool = False
    edits: int = 0

    @property
    def text(self) -> str:
        found: str = self.raw.get("text") or self.raw.get("caption") or ""
        return found

    @property
    def reply_markup(self) -> Json | None:
        return self.raw.get("reply_markup")

    @property
    def keyboard(self) -> list[list[Button]]:
        return buttons_of(self.reply_markup)

    @property
    def buttons(self) -> list[Button]:
        return [one for row in self.keyboard for one in row]

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.buttons]

    def has(self, label_or_data: str) -> bool:
        return any(label_or_data in {one.label, one.data} for one in self.buttons)


@dataclass(slots=True)
class Chat:
    raw: Json
    known: bool = False
    refusal: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def id(self) -> int:
        found: int = self.raw["id"]
        return found


@dataclass(slots=True)
class Query:
    """A press that waits to be answered."""

    chat: int
    made: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Call:
    """One call of the bot; `status` is None while it is not answered, 0 if the connection was broken."""

    at: float
    method: str
    chat: int | None
    params: Json
    status: int | None = None


@dataclass(slots=True)
class Hook:
    """Where updates are posted to; nowhere if there is no url."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_at: int = 0


@dataclass
class World:
    token: str
    username: str
    log_calls: bool = True
    keep_messages: int | None = None
    query_seconds: float = QUERY_SECONDS
    floods: Floods | None = None
    updates: Updates = field(default_factory=Updates)
    plan: Plan = field(default_factory=Plan)
    hook: Hook = field(default_factory=Hook)
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    shown: list[Callable[[Message, Call], None]] = field(default_factory=list)
    hook_changed: list[Callable[[], None]] = field(default_factory=list)
    _message_ids: Any = field(default_factory=lambda: itertools.count(FIRST_MESSAGE))
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def bot(self) -> Json:
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "星评", "username": self.username}

    def chat(self, number: Any) -> Chat:
        """A chat the bot may write to."""
        found = self.chats.get(number) if isinstance(number, int) else None
        if found is None or not found.known:
            raise bad_request("chat_id is empty" if number in (None, "") else "chat not found")
        if found.refusal:
            raise ApiError(403, f"Forbidden: {found.refusal}")
        return found

    def message(self, chat: Chat, sender: Json, content: Json) -> Message:
        """A new message in a chat."""
        number: int = next(self._message_ids)
        from_bot = sender["id"] == self.bot["id"]
        raw = {"message_id": number, "from": sender, "chat": chat.raw, "date": int(time.time()), **content}
        made = chat.messages[number] = Message(number, chat.id, from_bot, raw)
        if self.keep_messages and len(chat.messages) > 2 * self.keep_messages:
            for old in list(chat.messages)[: self.keep_messages]:
                del chat.messages[old]
        return made

    def store_file(self, name: str, content: bytes, mime: str, *, size: int | None = None) -> StoredFile:
        number = next(self._ids)
        path = f"documents/file_{number}{_suffix(name)}"
        length = len(content) if size is None else size
        made = StoredFile(f"BQAD{number:08d}", f"AgAD{number:08d}", path, name, mime, length, content)
        self.files[made.id] = made
        return made

    def query(self, chat: int) -> str:
        """The id of a new press."""
        number = f"{4_000_000_000_000_000_000 + next(self._ids)}"
        self.queries[number] = Query(chat, time.monotonic())
        return number

    def new_id(self) -> int:
        found: int = next(self._ids)
        return found

    def call(self, method: str, params: Json) -> Call:
        made = Call(time.monotonic(), method, self._chat_of(params), params)
        if self.log_calls:
            self.calls.append(made)
        return made

    def _chat_of(self, params: Json) -> int | None:
        """The chat a call is about; that of the press, if it answers one."""
        chat = params.get("chat_id")
        if isinstance(chat, int):
            return chat
        query = self.queries.get(str(params.get("callback_query_id")))
        return query.chat if query else None


def _suffix(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and ending.isascii() and ending.isalnum() else ""
