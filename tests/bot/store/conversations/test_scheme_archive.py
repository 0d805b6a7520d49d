"""What a case was assessed under stays with it: the files may change or go, the grade and the report stay."""

import json
import shutil
from pathlib import Path

import pytest

from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from dialogs.model.messages import Attachment, ButtonPress, Screen, TextInput
from rubric.library.library import Library
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit

LI = ChannelUser("terminal", "li", "李", "zh-Hans")


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    structure = SHIPPED_TEXT.replace(f"id: {GBT}", "id: own")
    return Folder(tmp_path / "schemes", structure, "own", locales=("zh-Hans", "zh-Hant", "en"))


def talk(store: Store, folder: Path | None) -> TurnService:
    return TurnService(store, Library.from_folders([folder] if folder else []))


def last(turns: TurnService, *inputs: ButtonPress | TextInput) -> Screen:
    screen = [turns.take_turn(LI, one)[-1] for one in inputs][-1]
    assert isinstance(screen, Screen)
    return screen


def begun(turns: TurnService) -> Screen:
    """To the second question, under the scheme of one's own."""
    inputs: list[ButtonPress | TextInput] = [
        ButtonPress("lang:zh-Hans"),
        ButtonPress("nav:next"),
        TextInput("海风家电"),
        ButtonPress("scheme:own"),
    ]
    inputs += [ButtonPress("nav:next")] * 3 + [
        TextInput("90"),
        TextInput("9"),
        TextInput("9"),
        TextInput("1"),
    ]
    inputs += [ButtonPress("answer:met")] * 9
    return last(turns, *inputs, ButtonPress("answer:met"))


def report(turns: TurnService) -> dict[str, Attachment]:
    return {
        file.name: file for file in last(turns, ButtonPress("nav:menu"), ButtonPress("report")).attachments
    }


@pytest.mark.parametrize("loss", ["changed", "gone", "folder gone"])
def test_the_talk_goes_on_and_the_report_is_the_same(store: Store, own: Folder, loss: str) -> None:
    first = talk(store, own.path.parent)
    assert begun(first).indicator == "5.1.1.2"
    before = report(first)
    if loss == "changed":
        edit(own.version, "at_least: 70", "at_least: 1")
        edit(own.words("zh-Hans"), "title: An indicator", "title: Another one")
    elif loss == "gone":
        shutil.rmtree(own.path)
    again = talk(store, None if loss == "folder gone" else own.path.parent)
    assert report(again) == before
    card = json.loads(before["scorecard.json"].content)
    assert card["scheme"] == "own"
    assert last(again, ButtonPress("nav:resume"), ButtonPress("answer:met")).indicator == "5.1.2.1"
    expected = "scheme" if loss == "changed" else "organisation.staff"  # of two schemes one is chosen first
    assert last(again, ButtonPress("nav:menu"), ButtonPress("case:new")).state == expected


def test_it_is_written_once_for_all_who_use_it(store: Store, own: Folder) -> None:
    from sqlalchemy import func, select

    from bot.store.schema import conversation_tables

    turns = talk(store, own.path.parent)
    begun(turns)
    last(turns, ButtonPress("nav:menu"), ButtonPress("case:new"))
    with store.transaction() as db:
        assert db.execute(select(func.count()).select_from(conversation_tables.archive)).scalar_one() == 1
