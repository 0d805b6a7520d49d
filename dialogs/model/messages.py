"""What comes in and what goes out, as values. A channel makes the one and renders the other."""

import hashlib
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rubric.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class ChatStart:
    """The contact came to the talk: the terminal started, `/start` was sent, or a link with a colleague's `code`."""

    locale: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class CommandInput:
    """A command, without its slash: one of `dialogs.commands`, or none that there is."""

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
    """Something that a channel delivers and the talk has no use for; the contact hears what to do instead."""

    kind: UnsupportedKind


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A button, by its id or token. `revision` is the one its screen was shown with, None where that is not known."""

    button: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class ReminderPress:
    """A button of a reminder that came as a message of its own; `letter` is its number."""

    letter: str
    button: str


@dataclass(frozen=True, slots=True)
class TextInput:
    """Typed text, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file that the shell has stored under its `sha256`, or has refused; `caption` may hold an answer.

    `album_caption` stands beside another file of the same album: it says for this one no more than where it belongs.
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
        """Whether `id_or_token` is its id or its token."""
        return id_or_token in {self.id, self.token}


BlockKind = Literal["notice", "saved", "place", "question", "body", "detail", "picture", "hint"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and what it is, so that a channel may set it apart; its text alone says everything."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to hand on, complete in memory."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """What the contact sees. `takes_number`: a bare number typed here is an answer, not the choice of a button.

    `revision` is the conversation's: a press that names it can never answer a later screen. `stretch` is the part
    of the walk that it belongs to or is looked at from; `code` an invitation that it shows.
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
    """Why an input had no effect, in one sentence; the current screen follows it."""

    code: str
    message: str


Reply: TypeAlias = Screen | Problem


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that another contact should hear, worded in that contact's language when it is shown."""

    contact: str
    key: str
    values: dict[str, str]
