"""Inputs and replies as values. A channel makes the inputs and renders the replies."""

import hashlib
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rubric import Scorecard


@dataclass(frozen=True, slots=True)
class ChatStart:
    """The contact opened the chat: the terminal started, `/start` was sent, or an invitation link with its `code`."""

    locale: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class CommandInput:
    """A command without its slash: one of `dialogs.engine.commands`, or an unknown one."""

    command: str


UnsupportedKind = Literal[
    "voice",
    "sticker",
    "place",
    "contact",
    "poll",
    "dice",
    "video_note",
    "edited",
    "button",
    "other",
]


@dataclass(frozen=True, slots=True)
class UnsupportedInput:
    """An input that the conversation cannot use; the reply says what to do instead."""

    kind: UnsupportedKind


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A button by its id or token. `revision` is that of the screen it was shown on, None where unknown."""

    button: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class ReminderPress:
    """A button of a reminder that was sent as a message of its own; `letter` is the message's id."""

    letter: str
    button: str


@dataclass(frozen=True, slots=True)
class TextInput:
    """Typed text, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file that the caller stored under its `sha256`, or refused; `caption` may hold an answer.

    `album_caption` is the caption of another file of the same album: it only says which indicator the file belongs
    to.
    """

    name: str
    media_type: str
    size: int
    sha256: str = ""
    refusal: Literal["too_large", "type", "content", "empty", "unreadable", "lost"] | None = None
    limit: str = ""
    caption: str = ""
    album_caption: str = ""


UserInput: TypeAlias = (
    ChatStart | ButtonPress | ReminderPress | TextInput | FileInput | CommandInput | UnsupportedInput
)


MOST_TOKEN_BYTES = 40


@dataclass(frozen=True, slots=True)
class Button:
    id: str
    label: str

    @property
    def token(self) -> str:
        """The id as a channel may carry it: at most 40 bytes, a long one by its digest."""
        if len(self.id.encode()) <= MOST_TOKEN_BYTES:
            return self.id
        return f"~{hashlib.sha256(self.id.encode()).hexdigest()[:32]}"

    def matches(self, id_or_token: str) -> bool:
        """Return whether `id_or_token` is its id or its token."""
        return id_or_token in {self.id, self.token}


BlockKind = Literal["notice", "saved", "place", "question", "body", "detail", "picture", "hint"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and its kind, so that a channel may style it; the text alone is complete."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a reply, complete in memory."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen. Where `takes_number`, a typed number is an answer, not the choice of a button.

    `revision` is the conversation's: a press that names it never answers a later screen. `section` is the part of
    the walk that it belongs to; `invitation_code` is a code that it shows.
    """

    state: str
    indicator: str | None
    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...]
    attachments: tuple[Attachment, ...] = ()
    scorecard: Scorecard | None = None
    replaces_previous: bool = False
    takes_number: bool = False
    revision: int = 0
    locale: str = ""
    section: str = ""
    invitation_code: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)

    def has_button(self, button_id: str) -> bool:
        return any(button.id == button_id for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input had no effect, in one sentence; the present screen follows it."""

    code: str
    message: str


Reply: TypeAlias = Screen | Problem


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for another contact, put into words in that contact's language when it is shown."""

    contact: str
    key: str
    values: dict[str, str]
