"""The program as a child process, with a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "bot"]
PATIENCE_SECONDS = 60

FIGURES = {
    "organisation.staff": "2800",
    "organisation.outlets": "300",
    "organisation.service_managers": "26",
    "organisation.certified_managers": "3",
}


def environment(home: Path, **changes: str) -> dict[str, str]:
    """An environment without settings of whoever runs the tests."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XINGPING_", "LC_", "LANG"))
    }
    kept.pop("NO_COLOR", None)
    kept.pop("FORCE_COLOR", None)
    data = {
        "HOME": str(home),
        "XINGPING_DATA_DIR": str(home / "data"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }
    return kept | data | changes


def run(
    home: Path, *arguments: str, given: bytes = b"", **changes: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run to the end, `given` on stdin."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=given,
        capture_output=True,
        cwd=home,
        env=environment(home, **changes),
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@dataclass
class JsonChat:
    """A talk in JSON lines; `screen` is the last one shown, `errors` what was said about the last input."""

    process: "subprocess.Popen[bytes]"
    screen: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def give(self, **one: Any) -> dict[str, Any]:
        return self.line(json.dumps(one).encode())

    def line(self, line: bytes) -> dict[str, Any]:
        stdin, _ = self._pipes
        stdin.write(line + b"\n")
        stdin.flush()
        return self.read()

    def read(self) -> dict[str, Any]:
        _, stdout = self._pipes
        self.errors = []
        while (one := json.loads(stdout.readline()))["type"] != "screen":
            self.errors.append(one)
        self.screen = one
        return self.screen

    def press(self, button: str) -> dict[str, Any]:
        return self.give(press=button)

    @property
    def buttons(self) -> list[str]:
        return [one["id"] for row in self.screen["buttons"] for one in row]

    def walk(self, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Answer everything with met, or go on, until a screen fits."""
        while not until(self.screen):
            if self.screen["state"] == "organisation.name":
                self.give(text="星河电器有限公司")
            elif self.screen["state"] in FIGURES:
                self.give(text=FIGURES[self.screen["state"]])
            else:
                ways = ("lang:zh-Hans", "answer:met", "nav:submit", "nav:next")
                self.press(next(way for way in ways if way in self.buttons))
        return self.screen

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout


@contextmanager
def json_chat(home: Path, *arguments: str, **changes: str) -> Iterator[JsonChat]:
    """A talk in JSON lines, its first screen read; the program is ended at the end, whatever happened."""
    with subprocess.Popen(
        [*PROGRAM, "chat", "--jsonl", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=home,
        env=environment(home, **changes),
    ) as process:
        try:
            talk = JsonChat(process)
            talk.read()
            yield talk
        finally:
            process.kill()
