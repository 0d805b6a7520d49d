"""What the documents say is true: generated parts, commands, settings, links, and the README in two languages."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.catalogue_text import load_catalogue
from bot.channels.transcript.recording import read_transcript
from bot.commands.cli import cli
from bot.settings import PREFIX, Settings
from dialogs.flow.diagram import draw_certification, draw_talk, list_exceptional_steps, list_stage_groups

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "README.md"
CHINESE = ROOT / "README.zh-CN.md"
CONVERSATION = ROOT / "dialogs" / "README.md"
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(path for top in ("bot", "deploy", "dialogs", "rubric") for path in ROOT.glob(f"{top}/**/*.md")),
    ]
)
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
    return f"```mermaid\n{draw_talk()}\n```"


def stages() -> str:
    return f"```mermaid\n{draw_certification()}\n```"


def exceptions() -> str:
    return f"{list_stage_groups()}\n\n{list_exceptional_steps()}"


@pytest.mark.parametrize("part", [talk, diagram, stages, exceptions])
def test_what_is_generated_has_not_drifted(part: Callable[[], str], request: pytest.FixtureRequest) -> None:
    text = CONVERSATION.read_text(encoding="utf-8")
    name = part.__name__
    block = re.compile(rf"(<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.S)
    assert block.search(text)
    written = block.sub(lambda match: f"{match[1]}{part()}\n", text)
    if request.config.getoption("--golden-write"):
        CONVERSATION.write_text(written, encoding="utf-8")
        return
    assert text == written, "run: make golden"


def all_documents() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)


def commands_shown() -> list[str]:
    pattern = r"(?:\$ |`|bin/)xingping ((?:(?:rubric|db|certificates) )?[a-z]+)(?= |`|$)"
    return sorted(set(re.findall(pattern, all_documents(), re.M)))


@pytest.mark.parametrize("command", commands_shown())
def test_every_command_that_is_shown_exists(command: str) -> None:
    assert CliRunner().invoke(cli, [*command.split(), "--help"]).exit_code == 0


@pytest.mark.parametrize("document", ["README.md", "deploy/README.md"])
def test_every_option_that_is_shown_exists(document: str) -> None:
    """Each line of a console block names only options that the help of its command lists."""
    lines = re.findall(r"^\$ xingping (.+?)(?:  +#.*)?$", (ROOT / document).read_text(encoding="utf-8"), re.M)
    for line in lines:
        command = [word for word in line.split()[:2] if re.fullmatch("[a-z]+", word)]
        offered = re.findall(r"--[a-z-]+", CliRunner().invoke(cli, [*command, "--help"]).output)
        assert {*re.findall(r"(?<= )--[a-z-]+", line)} <= {*offered}, line


def test_every_setting_is_documented() -> None:
    text = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert re.findall(rf"^\| `({PREFIX}[A-Z_]+)`", text, re.M) == sorted(names, key=text.index)


def test_every_command_of_the_bot_is_documented() -> None:
    text = (ROOT / "bot" / "channels" / "telegram" / "README.md").read_text(encoding="utf-8")
    assert {*re.findall(r"`/([a-z]+)`", text)} - {"healthz", "readyz"} == {*load_catalogue("en")["command"]}


def test_every_target_that_is_shown_exists() -> None:
    targets = set(re.findall(r"(?:`|\$ )make ([a-z]+)", all_documents()))
    assert targets <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def links(document: Path) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", prose(document))


def prose(document: Path) -> str:
    return re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.S | re.M)


def anchors(document: Path) -> set[str]:
    """The names that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_lead_somewhere(document: Path) -> None:
    for link in links(document):
        if "://" not in link:
            name, _, anchor = link.partition("#")
            target = document.parent / name if name else document
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_paths_that_are_named_exist(document: Path) -> None:
    paths = re.findall(r"`((?:bot|deploy|dialogs|rubric|tests)/[\w./-]+)`", prose(document))
    assert [path for path in paths if "NNN" not in path and not (ROOT / path).exists()] == []


def in_english(target: str) -> str:
    """The target's counterpart in English, where it is in Chinese."""
    return target.replace(".zh-Hans.png", ".en.png").replace(CHINESE.name, ENGLISH.name)


def structure(document: Path) -> dict[str, list[object]]:
    """What a translation leaves as it is."""
    text = document.read_text(encoding="utf-8")
    return {
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", prose(document), re.M)],
        "code blocks": re.findall(r"^```.*?^```$", text, re.S | re.M),
        "code in sentences": sorted(re.findall(r"`[^`\n]+`", prose(document))),
        "cells of each row": [line.count("|") for line in text.splitlines() if line.startswith("|")],
        "list items": [len(re.findall("^- ", part, re.M)) for part in re.split(r"^## ", text, flags=re.M)],
        "links": [in_english(target) for target in links(document)],
    }


def test_the_readme_is_the_same_in_both_languages() -> None:
    english, chinese = structure(ENGLISH), structure(CHINESE)
    assert english.pop("links")[1:] == chinese.pop("links")[1:]
    assert english == chinese


def test_each_readme_links_to_the_other_first() -> None:
    assert links(ENGLISH)[0] == CHINESE.name
    assert links(CHINESE)[0] == ENGLISH.name


@pytest.mark.parametrize("document", [ENGLISH, CHINESE], ids=lambda path: path.name)
def test_the_readme_fits_on_two_screens(document: Path) -> None:
    assert len(document.read_text(encoding="utf-8").splitlines()) <= 90


def test_the_version_is_printed() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"xingping \d+\.\d+\.\d+\n", printed.stdout)
