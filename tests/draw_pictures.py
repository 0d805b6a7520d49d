"""Draw the README's pictures from the real program at a pseudo terminal; needs `make check` once, and Chromium.

Debian: apt install chromium fonts-noto-cjk. Then: .venv/bin/python -m tests.draw_pictures
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pexpect
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from bot.channels.transcript.recording import TranscriptStep, read_transcript

TESTS = Path(__file__).parent
FOLDER = TESTS.parent / "deploy" / "pictures"
TRANSCRIPT = TESTS / "transcripts" / "home-appliance-retailer.yaml"
LAST_INPUTS = {"question": "40个抽查37个合格", "grade": "提交"}
LANGUAGES: dict[str, dict[str, str]] = {
    "en": {"中文": "English", "海风家电连锁有限公司": "Haifeng Home Appliances Ltd."},
    "zh-Hans": {},
}
COLUMNS = 80
SEPARATOR = "─" * COLUMNS
WIDTH_PIXELS = 652
LINE_PIXELS = 22
MARGIN_PIXELS = 20
PAGE = f"""<!DOCTYPE html><meta charset="utf-8">
<style>body {{{{ margin: {MARGIN_PIXELS}px; background: #141618; color: #e8e8e8 }}}}
pre {{{{ margin: 0; font: 15px/{LINE_PIXELS}px "Noto Sans Mono CJK SC" }}}}</style><pre>{{code}}</pre>"""


def main() -> None:
    for locale, replaced in LANGUAGES.items():
        for name, last_input in LAST_INPUTS.items():
            with tempfile.TemporaryDirectory() as home:
                answer(Path(home), last_input, replaced)
                draw(screen_shown(Path(home)), FOLDER / f"{name}.{locale}.png", Path(home))


def answer(home: Path, last_input: str, replaced: dict[str, str]) -> None:
    """Give the transcript's answers up to the last input of this text."""
    steps = read_transcript(TRANSCRIPT).steps[1:]
    last = max(place for place, step in enumerate(steps) if step.given.value == last_input)
    lines = [json.dumps(json_line(step, replaced)) for step in steps[: last + 1]]
    subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--jsonl"],
        input="\n".join(lines),
        text=True,
        env=environment(home),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def json_line(step: TranscriptStep, replaced: dict[str, str]) -> dict[str, str]:
    value = replaced.get(step.given.value, step.given.value)
    if step.given.kind == "file":
        value = str(TRANSCRIPT.parent / value)
    return {step.given.kind: value}


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "XINGPING_DATA_DIR": str(home), "TERM": "xterm-256color"}


def screen_shown(home: Path) -> str:
    """Return the screen with which the program starts, colours included."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "chat"],
        env=environment(home),
        dimensions=(50, COLUMNS),
        encoding="utf-8",
    )
    child.expect_exact(f"{SEPARATOR}\x1b[0m\r\n")
    child.expect_exact("\x1b[?")  # where the line editor begins to draw its prompt
    screen = str(child.before)
    child.close()
    return screen.replace("\r\n", "\n").strip()


def draw(screen: str, picture: Path, home: Path) -> None:
    page = home / "page.html"
    page.write_text(html(screen), encoding="utf-8")
    height = (screen.count("\n") + 1) * LINE_PIXELS + 2 * MARGIN_PIXELS
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            f"--screenshot={picture}",
            f"--window-size={WIDTH_PIXELS},{height}",
            page.as_uri(),
        ],
        stderr=subprocess.DEVNULL,
        check=True,
    )


def html(screen: str) -> str:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(screen))
    return console.export_html(theme=MONOKAI, code_format=PAGE, inline_styles=True)


if __name__ == "__main__":
    main()
