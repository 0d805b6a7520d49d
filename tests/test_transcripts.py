"""Golden talks over the real store. `make golden` writes them anew; read the difference before committing it.

Between any two steps the store is closed and opened again: nothing of the talk lives anywhere but in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.channels.transcript.recording import (
    Transcript,
    first_difference,
    play,
    read_transcript,
    transcript_text,
)
from bot.commands.arguments import parse_moment
from bot.conversations.local import Input, StoredTalk
from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from bot.store.evidence import EvidenceFolder
from dialogs.model.messages import Reply
from rubric.library.library import Library
from tests import migrated

TALKS = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))
LIBRARY = Library.from_folders()


@dataclass
class ForgetfulTalk:
    """A talk whose program ends after each input and is started again for the next."""

    folder: Path
    who: ChannelUser
    asked: str | None
    clock: Callable[[], datetime]
    library: Library = field(default_factory=lambda: LIBRARY)

    def __post_init__(self) -> None:
        self.url = migrated.copy_to(self.folder / "talk.db")

    def take(self, given: Input) -> tuple[Reply, ...]:
        store = Store.open(self.url)
        try:
            turns = TurnService(store, self.library, self.clock)
            keep = EvidenceFolder(self.folder / "evidence", 20).keep
            return StoredTalk(turns, self.who, keep, self.asked).take(given)
        finally:
            store.close()

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        raise error


def talk_of(transcript: Transcript, folder: Path, library: Library = LIBRARY) -> ForgetfulTalk:
    said = transcript.circumstances
    now = parse_moment(said["now"], ZoneInfo("Asia/Shanghai"))
    who = ChannelUser("terminal", said["as"], said["as"], said.get("lang", "zh-Hans"))
    return ForgetfulTalk(folder, who, said.get("lang"), lambda: now, library)


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_a_talk_goes_as_it_was_written_down(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    transcript = read_transcript(path)
    talk = talk_of(transcript, tmp_path)
    if request.config.getoption("--golden-write"):
        heading = takewhile(
            lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines(True)
        )
        path.write_text(
            "".join(heading) + transcript_text(transcript, play(transcript, talk)), encoding="utf-8"
        )
        return
    difference = first_difference(transcript, talk)
    if difference:
        pytest.fail(difference, pytrace=False)


def test_there_are_golden_talks() -> None:
    assert TALKS
