"""deploy/venv.sh on a project of the test's, with a package index that also offers newer versions."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.package_index import PackageIndex, serve_index

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[2] / "deploy/venv.sh"

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "project"
version = "1"
"""

BACKEND = """
from zipfile import ZipFile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "project-1-py3-none-any.whl"
    with ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        wheel.writestr("project-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: project\\nVersion: 1\\n")
        wheel.writestr("project-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
        wheel.writestr("project-1.dist-info/RECORD", "")
    return name
"""


class Project:
    """A project with deploy/venv.sh, which may reach no other package index than this one."""

    def __init__(self, folder: Path, index: PackageIndex) -> None:
        self.folder = folder
        self.index = index
        (folder / "deploy").mkdir(parents=True)
        shutil.copy(SCRIPT, folder / "deploy")
        (folder / "pyproject.toml").write_text(PROJECT)
        (folder / "backend.py").write_text(BACKEND)

    def install(self, stamp: str, *pins: tuple[str, str]) -> subprocess.CompletedProcess[str]:
        """Install a lock of these names and versions."""
        (self.folder / "lock.txt").write_text("".join(self.index.pin(*pin) for pin in pins))
        pip = {"PIP_INDEX_URL": self.index.url, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHON": sys.executable, **pip}
        command = [str(self.folder / "deploy/venv.sh"), "lock.txt", stamp]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def installed(self) -> dict[str, str]:
        """Return the version of each package in .venv."""
        folders = self.folder.glob(".venv/lib/python3.*/site-packages/*.dist-info")
        return dict(folder.name.removesuffix(".dist-info").split("-", 1) for folder in folders)

    def is_stamped(self, stamp: str) -> bool:
        return bool(list(self.folder.glob(f".venv/{stamp}-*")))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with its lock installed: the index has a newer release of what is asked for with an extra."""
    folder = tmp_path_factory.mktemp("venv")
    with serve_index(folder / "index") as index:
        index.add("report", "1.0", requires="measure[tables]>=1")
        for version in ("1.0", "2.0"):
            index.add("measure", version, requires="tables>=1", extra="tables")
            index.add("tables", version)
        index.add("wide", "1.0", requires="forgotten>=1")
        made = Project(folder / "project", index)
        done = made.install("runtime", ("report", "1.0"), ("measure", "1.0"), ("tables", "1.0"))
        assert done.returncode == 0, done.stderr
        yield made


def test_the_locked_versions_are_installed_and_newer_ones_never_fetched(project: Project) -> None:
    locked = {"report": "1.0", "measure": "1.0", "tables": "1.0"}
    assert locked.items() <= project.installed().items()
    assert "measure-1.0-py3-none-any.whl" in project.index.fetched
    assert [name for name in project.index.fetched if "2.0" in name] == []
    assert project.is_stamped("runtime")


def test_a_lock_that_lacks_a_package_is_refused(project: Project) -> None:
    done = project.install("wide", ("wide", "1.0"))
    assert done.returncode == 1
    assert "lock.txt is incomplete: wide 1.0 requires forgotten, which is not installed" in done.stderr
    assert not project.is_stamped("wide")
