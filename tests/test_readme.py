"""The README says what is so: its talk is a golden one's, its diagram the table's, its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.channels.transcript.recording import read_transcript
from bot.commands.cli import cli
from bot.settings import PREFIX, Settings
from dialogs.flow.diagram import mermaid, stages_mermaid

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TALK = ROOT / "tests" / "transcripts" / "home-appliance-retailer.yaml"
SHOWN_INPUTS = ("符合", "40个抽查37个合格", "37/40", "提交")


def talk() -> str:
    """A few steps of the retailer's talk: what was typed, and the screen that followed."""
    steps = read_transcript(TALK).steps
    asking = next(place for place, step in enumerate(steps) if step.given.value == SHOWN_INPUTS[1])
    chosen = [*steps[asking - 1 : asking + 2], [step for step in steps if step.given.value == "提交"][-1]]
    shown = [f"› {step.given.value}\n\n{step.shown[-1]['text']}\n" for step in chosen]
    return "```text\n" + "\n".join(shown[:-1]) + "\n…\n\n" + shown[-1] + "```"


def diagram() -> str:
    return f"```mermaid\n{mermaid()}\n```"


def stages() -> str:
    return f"```mermaid\n{stages_mermaid()}\n```"


@pytest.mark.parametrize("name", ["talk", "diagram", "stages"])
def test_what_is_generated_in_the_readme_has_not_drifted(name: str, request: pytest.FixtureRequest) -> None:
    wanted = {"talk": talk, "diagram": diagram, "stages": stages}[name]()
    text = README.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.S)
    written = block.sub(lambda found: f"{found[1]}{wanted}\n", text)
    if request.config.getoption("--golden-write"):
        README.write_text(written, encoding="utf-8")
        return
    assert text == written, "run: make golden"


def commands_shown() -> list[str]:
    text = README.read_text(encoding="utf-8") + (ROOT / "rubric/schemes/README.md").read_text(
        encoding="utf-8"
    )
    return sorted(set(re.findall(r"(?:\$ |`|bin/)xingping ((?:rubric |db )?[a-z]+)(?= |`|$)", text, re.M)))


@pytest.mark.parametrize("command", commands_shown())
def test_every_command_that_is_shown_exists(command: str) -> None:
    assert CliRunner().invoke(cli, [*command.split(), "--help"]).exit_code == 0


def test_every_setting_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in text] == []


def test_every_target_that_is_shown_exists() -> None:
    text = README.read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z]+)", text))
    assert targets <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_the_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / link).exists(), link


def test_the_version_is_told() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"xingping \d+\.\d+\.\d+\n", told.stdout)
