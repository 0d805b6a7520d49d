"""`xingping chat --jsonl`: the conversation as JSON lines, one object per screen, one line per input."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from bot.channels.jsonl.input import BadInputError, parse_input, read_lines
from bot.conversations.local import Input, Talk, run_or_recover
from dialogs import Attachment, Problem, Reply, Screen
from rubric import Scorecard


@dataclass(slots=True)
class JsonLinesChat:
    """`graded` makes the object of a scorecard, `hand_out` puts an attachment where its reader finds it."""

    talk: Talk
    out: TextIO
    scorecard_object: Callable[[Scorecard], dict[str, Any]]
    save_attachment: Callable[[Attachment], Path]
    last_screen: Screen | None = None

    def run(self, given: BinaryIO) -> None:
        """Chat until the input ends. Each turn is saved before its replies are written."""
        self._recovering(lambda: self._show(self.talk.take(Input("open"))))
        for line in read_lines(given):
            self._recovering(partial(self._take, line))

    def _recovering(self, act: Callable[[], None]) -> None:
        run_or_recover(self.talk, act, self._show, self._show)

    def _take(self, line: bytes) -> None:
        try:
            one = parse_input(line)
        except BadInputError as error:
            self._show(self._bad_input_replies(str(error)))
        else:
            if one is not None:
                self._show(self.talk.take(one))

    def _bad_input_replies(self, message: str) -> Iterable[Reply]:
        yield Problem("bad_input", message)
        if self.last_screen is not None:
            yield _repeat_screen(self.last_screen)

    def _show(self, replies: Iterable[Reply]) -> None:
        for reply in replies:
            if isinstance(reply, Screen):
                self.last_screen = reply
            print(json.dumps(self._reply_object(reply), ensure_ascii=False), file=self.out, flush=True)

    def _reply_object(self, reply: Reply) -> dict[str, Any]:
        if isinstance(reply, Problem):
            return {"type": "error", "code": reply.code, "message": reply.message}
        found = {
            "type": "screen",
            "state": reply.state,
            "indicator": reply.indicator,
            "text": reply.text,
            "buttons": [
                [{"id": button.id, "label": button.label} for button in row] for row in reply.buttons
            ],
            "attachments": [self._attachment(one) for one in reply.attachments],
            "scorecard": None if reply.scorecard is None else self.scorecard_object(reply.scorecard),
        }
        return found | ({"edit": True} if reply.replaces_previous else {})

    def _attachment(self, attachment: Attachment) -> dict[str, str]:
        return {
            "name": attachment.name,
            "media_type": attachment.media_type,
            "path": str(self.save_attachment(attachment)),
        }


def _repeat_screen(screen: Screen) -> Screen:
    """Return the screen without the notices of its first display."""
    lasting = tuple(block for block in screen.blocks if block.kind != "saved")
    return replace(screen, blocks=lasting, attachments=(), replaces_previous=False)
