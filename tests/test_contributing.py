"""The rows of the table in CONTRIBUTING, as far as a test can show that nothing else needs touching."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.cli import COMMANDS
from rubric.library.lock import report_lock

ROOT = Path(__file__).parents[1]
SCHEME = Path("schemes") / "gbt27922-2011"


@pytest.fixture
def rubric_folder(tmp_path: Path) -> Path:
    """A copy of the shipped schemes with their lock."""
    shutil.copytree(ROOT / "rubric" / "schemes", tmp_path / "schemes")
    shutil.copy(ROOT / "rubric" / "published.lock", tmp_path / "schemes")
    return tmp_path


def edit(file: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.M)
    assert count == 1
    file.write_text(text, encoding="utf-8")


def test_the_words_of_a_question_change_without_the_lock(rubric_folder: Path) -> None:
    edit(rubric_folder / SCHEME / "text" / "en.yaml", r"^( +question: )", r"\g<1>Please note: ")
    assert not any(report_lock(rubric_folder / SCHEME / "1.yaml").values())


def test_the_points_of_an_indicator_need_a_new_version(rubric_folder: Path) -> None:
    file = rubric_folder / SCHEME / "1.yaml"
    edit(file, r"(\"5\.1\.1\".*points: \{value: )6", r"\g<1>5")
    assert any("gbt27922-2011@1" in str(fault) for faults in report_lock(file).values() for fault in faults)


def test_each_command_is_a_file_and_a_line() -> None:
    for name, (module, _) in COMMANDS.items():
        file = ROOT / Path(*module.split(".")).with_suffix(".py")
        assert file.is_file()
        assert name in {file.stem, file.parent.name}


STEP = """
from dialogs.model.messages import Block
from dialogs.steps.base import Step


class TrialStep(Step):
    state = "trial"
    role = "walk"

    def blocks(self, scene):
        return [Block("body", "a new state")]
"""
USE = """
from datetime import UTC, datetime
from dialogs import Contact, Conversation, Dossier, Place, Scene
from dialogs.engine.steps import STEPS
from dialogs.flow.navigator import open_place
from rubric import Library

talk = Conversation("c1", state="menu", locale="en")
scene = Scene(Dossier(Contact("c1", ""), talk), Library.from_folders(), datetime.now(UTC))
open_place(scene, Place("trial"))
print(talk.state, talk.main_place.state, STEPS["trial"].build_screen(scene, []).blocks[0].text)
"""


def test_a_new_state_is_a_file_with_its_step(tmp_path: Path) -> None:
    for package in ("dialogs", "rubric"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "dialogs" / "steps" / "shared" / "trial.py").write_text(STEP, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.strip() == "trial trial a new state", done.stderr
