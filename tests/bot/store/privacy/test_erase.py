"""Who has everything erased leaves nothing of a person in any table, and colleagues keep what they work on."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversations.turns import ChannelUser, TurnService
from bot.store import Store
from bot.store.evidence import EvidenceFolder
from bot.store.schema import SCHEMA
from dialogs.model.messages import ChatStart, CommandInput, TextInput
from rubric.library.library import Library
from tests.bot.conftest import EVENING, Talker, invitation, rows

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "evidence", 20)


def person(store: Store, evidence: EvidenceFolder, name: str) -> Talker:
    """Somebody whose files lie in the evidence folder, and whose name and address are unlike anything else."""
    one = Talker.__new__(Talker)
    one.now, one.replies = EVENING, ()
    one.turns = TurnService(store, Library.from_folders(), lambda: one.now, evidence.path_of)
    one.who = ChannelUser("telegram", f"address-of-{name}", f"person-{name}", "zh-Hans", is_pushed=True)
    one.give(ChatStart())
    return one


def everything(store: Store) -> str:
    """All that any table holds, as text."""
    with store.transaction() as db:
        return "\n".join(
            str(tuple(row)) for table in SCHEMA.sorted_tables for row in db.execute(select(table))
        )


def send(one: Talker, evidence: EvidenceFolder, name: str, content: bytes = PNG) -> Path:
    """Send a file to the question that is asked; where it is kept."""
    sent = evidence.keep_bytes(name, content)
    one.give(sent)
    return evidence.path_of(sent.sha256)


def erase(one: Talker) -> None:
    one.give(CommandInput("erase"))
    one.press("erase:all")


def test_of_somebody_who_worked_alone_nothing_is_left(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    path = send(li, evidence, "private-photo.png")
    li.press("answer:met")
    assert path.exists()
    erase(li)
    left = everything(store)
    for sign in ("person-li", "address-of-li", "海风家电", "private-photo", path.name):
        assert sign not in left, sign
    assert not path.exists()
    counted = {table.name: rows(store, table.name) for table in SCHEMA.sorted_tables}
    schemes = {"archive"}  # which are nobody's
    assert {name for name, number in counted.items() if number} - schemes == {"contacts"}


def test_colleagues_keep_the_answers_and_the_name_is_gone(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    mine = send(li, evidence, "private-photo.png")
    li.press("answer:met")
    wang = person(store, evidence, "wang")
    wang.press("lang:zh-Hans", "nav:next")
    wang.press("join")
    wang.say(invitation(li))
    wang.say("5.1.1.2")
    theirs = send(wang, evidence, "colleague.png", PNG + b"1")
    erase(li)
    left = everything(store)
    for sign in ("person-li", "address-of-li", "private-photo"):
        assert sign not in left, sign
    assert not mine.exists()
    assert theirs.exists()
    wang.say("5.1.1.1")
    assert "现在的答案：符合" in wang.screen.text
    assert "（" not in wang.screen.text.partition("现在的答案")[2].partition("\n")[0]


def test_a_file_that_a_colleague_sent_as_well_stays(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    path = send(li, evidence, "same.png")
    wang = person(store, evidence, "wang")
    wang.press("lang:zh-Hans", "nav:next", "join")
    wang.say(invitation(li))
    wang.say("5.1.1.2")
    assert send(wang, evidence, "same.png") == path
    erase(li)
    assert path.exists()


def test_a_colleague_is_not_told_who_it_was(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    wang = person(store, evidence, "wang")
    wang.press("lang:zh-Hans", "nav:next", "join")
    wang.say(invitation(li))
    wang.say("5.1.1.1")
    wang.press("answer:met")
    li.say("5.1.1.1")
    li.press("answer:unmet")
    erase(li)
    wang.give(ChatStart())
    assert "person-li" not in wang.screen.text
    assert "您先前的答案已被替换" in wang.screen.text


def test_who_comes_back_after_that_begins_anew(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    erase(li)
    li.give(TextInput("你好"))
    assert li.screen.state == "language"
    li.reach_scoring()
    assert li.screen.indicator == "5.1.1.1"


def test_an_export_holds_the_records_and_the_files(store: Store, evidence: EvidenceFolder) -> None:
    li = person(store, evidence, "li")
    li.reach_scoring()
    send(li, evidence, "photo.png")
    li.give(CommandInput("export"))
    (archive,) = li.screen.attachments
    with zipfile.ZipFile(BytesIO(archive.content)) as opened:
        data = opened.read("data.json").decode()
        (name,) = [one for one in opened.namelist() if one.startswith("evidence/")]
        assert opened.read(name) == PNG
    assert "person-li" in data
    assert "海风家电连锁有限公司" in data


def test_an_export_says_nothing_of_others(store: Store, evidence: EvidenceFolder) -> None:
    person(store, evidence, "wang").reach_scoring()
    li = person(store, evidence, "li")
    li.reach_scoring()
    li.give(CommandInput("export"))
    with zipfile.ZipFile(BytesIO(li.screen.attachments[0].content)) as opened:
        assert "wang" not in opened.read("data.json").decode()
