"""The locks are complete: they are installed without a resolver that would add what is missing."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "darwin")

Environment = dict[str, str]


def read_lock(name: str) -> dict[NormalizedName, Requirement]:
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.removesuffix("\\")) for line in lines if line[:1].isalnum()]
    return {canonicalize_name(pin.name): pin for pin in pins}


def asked_for(*groups: str) -> Iterator[Requirement]:
    """What pyproject.toml names: the dependencies and these groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"]]
    for group in groups:
        lines += [line for line in project["dependency-groups"][group] if isinstance(line, str)]
    return map(Requirement, lines)


def applies(requirement: Requirement, environment: Environment, extras: set[str] | None = None) -> bool:
    marker = requirement.marker
    return not marker or any(marker.evaluate({**environment, "extra": extra}) for extra in extras or {""})


@cache
def required(name: str) -> list[Requirement]:
    """What an installed package names; nothing where it is not installed here."""
    try:
        return [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []


def needed_by(requirement: Requirement, environment: Environment) -> list[Requirement]:
    """What a package needs, with the extras it is asked for with."""
    extras = {"", *requirement.extras}
    return [needed for needed in required(requirement.name) if applies(needed, environment, extras)]


def gaps(
    lock: dict[NormalizedName, Requirement], asked: Iterator[Requirement], environment: Environment
) -> list[str]:
    waiting = list(asked)
    seen: set[str] = set()
    lacking = []
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        pin = lock.get(canonicalize_name(requirement.name))
        if pin is None or not applies(pin, environment) or not is_met(requirement, pin):
            lacking.append(str(requirement))
        waiting += needed_by(requirement, environment)
    return lacking


def is_met(requirement: Requirement, pin: Requirement) -> bool:
    (version,) = (specifier.version for specifier in pin.specifier)
    return requirement.specifier.contains(version, prereleases=True)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("name", "groups"), [("requirements.txt", ["build"]), ("requirements-dev.txt", ["build", "dev"])]
)
def test_a_lock_names_all_that_is_needed(name: str, groups: list[str], python: str, system: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    assert gaps(read_lock(name), asked_for(*groups), environment) == []


def test_a_package_that_only_an_extra_needs_is_missed_too() -> None:
    lock = read_lock("requirements.txt")
    del lock[canonicalize_name("psycopg-binary")]
    (lacking,) = gaps(lock, asked_for(), {})
    assert lacking.startswith("psycopg-binary")
