"""The schemes that talks are held about, and talks that have come some way, each made once."""

import atexit
import re
import tempfile
from functools import cache
from pathlib import Path

from dialogs.language.catalogue import LOCALES
from rubric.library.library import Library
from tests.dialogs.player import World
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder

_OUTLETS = (
    "  - {id: outlets, source: standard}\n",
    "  - {id: staff_per_outlet, kind: ratio, figure: staff, per: outlets, at_least: 2, source: standard}\n",
)


@cache
def one_scheme() -> Library:
    return Library.from_folders()


@cache
def two_schemes() -> Library:
    """The shipped one, and another with the same clauses under other numbers and one headcount fewer."""
    structure = re.sub(r"(?<![0-9.])5\.(?=[123])", "6.", SHIPPED_TEXT).replace(f"id: {GBT}", "id: own")
    for line in _OUTLETS:
        assert line in structure
        structure = structure.replace(line, "")
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    Folder(Path(folder.name), structure, "own", locales=LOCALES)
    return Library.from_folders([Path(folder.name)])


@cache
def _opened(*, schemes: int) -> World:
    world = World(one_scheme() if schemes == 1 else two_schemes())
    world.player("c1", "李明")
    return world


@cache
def _begun() -> World:
    world = _opened(schemes=1).saved()
    world.players["c1"].begin()
    return world


@cache
def _graded() -> World:
    """With a colleague who has joined, answers and files, and something left open."""
    world = _begun().saved()
    li = world.players["c1"]
    li.press("answer:met").send("网点.pdf").say("37/40").press("nav:menu", "invitation", "invitation:new")
    wang = world.player("c2", "王芳").agree().press("join").say(code_in(li.text))
    wang.say("5.3.1.1").press("answer:unmet")
    li.press("nav:resume").say("5.2.6.2").press("answer:na").say("不销售须回收的商品").press("nav:review")
    li.press("to:deductions", "deduction:law").say("广告用语不符合广告法").press("nav:next", "nav:next")
    li.press("nav:submit", "nav:submit")
    return world


@cache
def _certifying() -> World:
    """Both at the certification: a special deduction found, one indicator not met."""
    world = _graded().saved()
    world.players["c2"].press("nav:menu", "certification")
    world.players["c1"].press("certification")
    return world


@cache
def _certified() -> World:
    """A certificate of last year recorded, with a nonconformity and a paper."""
    world = _certifying().saved()
    li = world.players["c1"].press("certificate:record").say("2025年12月1日", "对", "五星级", "CTC-1")
    li.press("nav:next", "nav:next", "certification", "findings", "finding:new").say(
        "5.1.1.1", "没有网点清单"
    )
    li.press(
        "nav:back", "nav:back", "certification", "materials", "material:service_managers", "material:have"
    )
    li.press("nav:back", "certification")
    return world


def code_in(text: str) -> str:
    """The invitation code that a screen shows."""
    found = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", text, re.ASCII)
    assert found is not None
    return found[0]


def opened(*, schemes: int = 1) -> World:
    """Somebody has just opened the talk."""
    return _opened(schemes=schemes).saved()


def begun() -> World:
    """Somebody is at the first question."""
    return _begun().saved()


def graded() -> World:
    return _graded().saved()


def certifying() -> World:
    """Two colleagues have just come to the certification of an assessment that is graded."""
    return _certifying().saved()


def certified() -> World:
    """Two colleagues, the one of them at the certification of a certificate in force."""
    return _certified().saved()
