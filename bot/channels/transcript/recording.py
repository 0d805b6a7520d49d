"""Transcripts: YAML files of a conversation, which people read and tests replay.

The first document holds the circumstances (language, clock, name); each further one is a step.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path
from typing import Any, TextIO

import yaml

from bot.channels.transcript.aliases import Aliases
from bot.conversations.local import Input, InputKind, Talk
from bot.errors import UserError
from dialogs import Problem, Reply, Screen
from rubric import Scorecard, format_exact, format_rounded_down

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is text
MOST_BYTES = 16 * 1024 * 1024
_KINDS: tuple[InputKind, ...] = ("press", "text", "file", "open")


class TranscriptError(UserError):
    """A file that is no transcript, in one line."""


@dataclass(frozen=True, slots=True)
class TranscriptStep:
    """One input and what it brought, as the plain mappings that the file holds."""

    given: Input
    shown: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Transcript:
    """`folder` is where paths of evidence files begin."""

    folder: Path
    circumstances: dict[str, str]
    steps: list[TranscriptStep]


@dataclass(slots=True)
class TranscriptRecorder:
    """A conversation recorded to a file; the file is complete up to the last reply."""

    talk: Talk
    out: TextIO
    circumstances: dict[str, str] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)

    def __post_init__(self) -> None:
        self.out.write(_dump_document(self.circumstances))

    def take(self, user_input: Input) -> tuple[Reply, ...]:
        replies = self.talk.take(user_input)
        told = replace(user_input, value=self.aliases.replace_known(user_input.value))
        self.out.write(
            step_text(TranscriptStep(told, [_reply_record(reply, self.aliases) for reply in replies]))
        )
        self.out.flush()
        return replies

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        return self.talk.recover(error)


def read_transcript(path: Path) -> Transcript:
    """Read the file. Raises TranscriptError."""
    try:
        raw = path.read_bytes()
        if len(raw) > MOST_BYTES:
            raise TranscriptError(f"{path}: the file is larger than 16 MiB")
        first, *rest = yaml.load_all(raw.decode("utf-8"), Loader=_LOADER)
        return Transcript(path.parent, dict(first or {}), [_parse_step(document) for document in rest])
    except OSError as error:
        raise TranscriptError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{path}: this is not UTF-8 text") from error
    except (yaml.YAMLError, ValueError, TypeError, KeyError, StopIteration, RecursionError) as error:
        raise TranscriptError(f"{path}: this is no transcript of a talk") from error


def play(transcript: Transcript, talk: Talk) -> Iterator[TranscriptStep]:
    """Replay each step and yield what it brings now."""
    aliases = Aliases()
    for step in transcript.steps:
        given = replace(step.given, value=aliases.resolve(step.given.value))
        if given.kind == "file":
            given = replace(given, value=str(transcript.folder / given.value))
        yield TranscriptStep(step.given, [_reply_record(reply, aliases) for reply in talk.take(given)])


def transcript_text(transcript: Transcript, steps: Iterable[TranscriptStep]) -> str:
    """Return the transcript as text, with these steps instead of its recorded ones."""
    return _dump_document(transcript.circumstances) + "".join(step_text(step) for step in steps)


def first_difference(transcript: Transcript, talk: Talk) -> str | None:
    """Return the first step with another result than recorded, as a diff; None when all agree."""
    for number, (old, new) in enumerate(zip(transcript.steps, play(transcript, talk), strict=True), start=1):
        if old.shown != new.shown:
            before, after = step_text(old).splitlines(), step_text(new).splitlines()
            names = f"recorded, step {number}", f"now, step {number}"
            return "\n".join(unified_diff(before, after, *names, lineterm=""))
    return None


def step_text(step: TranscriptStep) -> str:
    """Return the step as a YAML document."""
    given = {step.given.kind: step.given.value} | ({} if step.given.id is None else {"id": step.given.id})
    return _dump_document({**given, "shown": step.shown})


def _parse_step(document: dict[str, Any]) -> TranscriptStep:
    (kind,) = (kind for kind in _KINDS if kind in document)
    return TranscriptStep(Input(kind, document[kind], document.get("id")), list(document.get("shown") or []))


def _reply_record(reply: Reply, aliases: Aliases) -> dict[str, Any]:
    if isinstance(reply, Problem):
        return {"problem": reply.code, "message": reply.message}
    return {key: value for key, value in _screen_record(reply, aliases).items() if value}


def _screen_record(screen: Screen, aliases: Aliases) -> dict[str, Any]:
    buttons = [" | ".join(f"{one.id}  {one.label}" for one in row) for row in screen.buttons]
    return {
        "state": screen.state,
        "indicator": screen.indicator,
        "edit": "yes" if screen.replaces_previous else None,
        "text": aliases.replace_codes(screen.text),
        "buttons": [aliases.replace_ids(row) for row in buttons],
        "attachments": [one.name for one in screen.attachments],
        "scorecard": screen.scorecard and _scorecard_record(screen.scorecard),
    }


def _scorecard_record(card: Scorecard) -> dict[str, str]:
    if card.exact is None:
        return {"grade": card.grade}
    return {"grade": card.grade, "score": format_rounded_down(card.exact), "exact": format_exact(card.exact)}


class _TranscriptDumper(yaml.SafeDumper):
    """Text of several lines as a block, so that it reads as it was shown."""


def _represent_text(writer: _TranscriptDumper, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_TranscriptDumper.add_representer(str, _represent_text)


def _dump_document(value: dict[str, Any]) -> str:
    text: str = yaml.dump(
        value, Dumper=_TranscriptDumper, allow_unicode=True, sort_keys=False, explicit_start=True, width=10**6
    )
    return text
