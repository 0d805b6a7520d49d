"""Whatever JSON comes as an update, it is read or left aside; nothing raises."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.inbound.mapping import ContactInput, ReachabilityChange, map_update
from bot.channels.telegram.inbound.updates import chat_id_of, parse_update
from bot.channels.telegram.transport.polling import ALLOWED_UPDATES, read_update
from dialogs.model.messages import ButtonPress, ChatStart, CommandInput, TextInput, UnsupportedInput

NAMES = [
    *ALLOWED_UPDATES, "update_id", "message_id", "chat", "id", "type", "from", "text", "caption", "photo", "document",
    "file_id", "file_size", "file_name", "media_group_id", "data", "message", "new_chat_member", "status",
    "is_bot", "first_name", "language_code", "sticker", "voice", "new_chat_members", "date",
]  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["private", "group", "/start x", "1:answer:met", "kicked", 2**63, -(10**30), "\ud800"])
)
NONSENSE = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=30,
)
CHAT = {"id": 5, "type": "private"}
SENDER = {"id": 5, "is_bot": False, "first_name": "李"}
MESSAGE: dict[str, Any] = {"message_id": 1, "date": 1, "chat": CHAT, "from": SENDER}


def arrived(update: dict[str, Any]) -> object:
    known = parse_update({"update_id": 1, **update})
    return known and map_update(known, "bot", "zh-Hans")


@given(NONSENSE)
def test_any_json_is_read_or_left_aside(raw: object) -> None:
    read_update(raw)
    update = parse_update(raw)
    if update is not None:
        map_update(update, "bot", "zh-Hans")
    if isinstance(raw, dict):
        assert isinstance(chat_id_of(raw), str)


@given(st.sampled_from(ALLOWED_UPDATES), st.dictionaries(st.sampled_from(NAMES), NONSENSE, max_size=5))
def test_an_update_with_anything_amiss_in_it_is_read_or_left_aside(kind: str, amiss: dict[str, Any]) -> None:
    arrived({kind: {**MESSAGE, "id": "1", "data": "1:x", **amiss}})


@given(st.text(min_size=1))
def test_typed_text_is_said_or_a_command_and_never_lost(text: str) -> None:
    talking = arrived({"message": {**MESSAGE, "text": text}})
    assert isinstance(talking, ContactInput)
    assert isinstance(talking.inbound, TextInput | CommandInput | ChatStart)
    if isinstance(talking.inbound, TextInput):
        assert talking.inbound.text == text


@given(st.text(max_size=64))
def test_a_button_is_pressed_on_its_own_revision_or_unknown(data: str) -> None:
    message = {"message_id": 7, "date": 0, "chat": CHAT}
    talking = arrived({"callback_query": {"id": "1", "from": SENDER, "message": message, "data": data}})
    assert isinstance(talking, ContactInput)
    assert talking.pressed_message == "7"
    if isinstance(talking.inbound, ButtonPress):
        assert data == f"{talking.inbound.revision}:{talking.inbound.button}" or data.startswith("0")
    else:
        assert talking.inbound == UnsupportedInput("button")


def test_blocking_and_coming_back_are_told_apart() -> None:
    for status, is_reachable in (("kicked", False), ("member", True)):
        update = {"chat": CHAT, "from": SENDER, "new_chat_member": {"status": status}}
        found = arrived({"my_chat_member": update})
        assert isinstance(found, ReachabilityChange)
        assert found.is_reachable is is_reachable
