"""The methods of the Bot API that write into chats, one function each."""

import time
from collections.abc import Callable
from typing import Any

from tests.standin import setup_methods
from tests.standin.entities import parse_html, units
from tests.standin.errors import ApiError, Json, bad_request, not_found
from tests.standin.keyboards import checked_markup
from tests.standin.params import Upload, flag, mime_of, number, text
from tests.standin.state import MOST_FILE_BYTES, Call, Chat, Message, StoredFile, World

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_TOAST = 200
MOST_UPLOAD = 50 * 1024 * 1024
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE = "query is too old and response timeout expired or query ID is invalid"

Method = Callable[[World, Json], Any]


def send_message(world: World, params: Json) -> Json:
    chat = world.chat(params.get("chat_id"))
    content = _text(params, "message is too long")
    return _sent(world, chat, params, content)


def edit_message_text(world: World, params: Json) -> Json:
    chat = world.chat(params.get("chat_id"))
    content = _text(params, "MESSAGE_TOO_LONG")
    message = _editable(chat, params)
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    raw = _edited(message, content | _markup(params), {"text", "entities", "reply_markup"})
    message.html, message.parse_mode = text(params, "text"), params.get("parse_mode")
    return raw


def edit_message_reply_markup(world: World, params: Json) -> Json:
    message = _editable(world.chat(params.get("chat_id")), params)
    return _edited(message, _markup(params), {"reply_markup"})


def delete_message(world: World, params: Json) -> bool:
    chat = world.chat(params.get("chat_id"))
    message = chat.messages.get(number(params, "message_id", 0))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    message.deleted = True
    return True


def answer_callback_query(world: World, params: Json) -> bool:
    query = world.queries.get(text(params, "callback_query_id"))
    if query is None or time.monotonic() - query.made > world.query_seconds:
        raise bad_request(STALE)
    if units(text(params, "text")) > MOST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered, query.text, query.alert = True, text(params, "text"), flag(params, "show_alert")
    return True


def send_document(world: World, params: Json) -> Json:
    chat = world.chat(params.get("chat_id"))
    content = _caption(params)
    stored = _given_file(world, params.get("document"), "document")
    return _sent(world, chat, params, {"document": stored.raw_document(), **content}, stored)


def send_photo(world: World, params: Json) -> Json:
    chat = world.chat(params.get("chat_id"))
    content = _caption(params)
    stored = _given_file(world, params.get("photo"), "photo")
    return _sent(world, chat, params, {"photo": photo_sizes(world, stored), **content}, stored)


def send_chat_action(world: World, params: Json) -> bool:
    world.chat(params.get("chat_id"))
    if not text(params, "action"):
        raise bad_request("wrong parameter action in request")
    return True


def get_chat(world: World, params: Json) -> Json:
    return {**world.chat(params.get("chat_id")).raw, "accent_color_id": 0, "max_reaction_count": 11}


def get_file(world: World, params: Json) -> Json:
    stored = world.files.get(text(params, "file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > MOST_FILE_BYTES:
        raise bad_request("file is too big")
    return {**stored.raw(), "file_path": stored.path}


def photo_sizes(world: World, stored: StoredFile) -> list[Json]:
    """A small picture and the one that was sent, as Telegram offers them."""
    small = world.store_file(stored.name, stored.content[:1000], stored.mime)
    return [
        {**small.raw(), "width": 90, "height": 67},
        {**stored.raw(), "width": 1280, "height": 960},
    ]


METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "getchat": get_chat,
    "getfile": get_file,
    **setup_methods.METHODS,
}
SHOWING = {"sendmessage", "editmessagetext", "editmessagereplymarkup", "senddocument", "sendphoto"}


def execute(world: World, call: Call) -> Any:
    """The result of a call, its effect being made; raises ApiError."""
    name = call.method.lower()
    if name not in METHODS:
        raise not_found()
    if world.floods:
        world.floods.check(name, call.chat)
    result = METHODS[name](world, call.params)
    if name in SHOWING:
        message = world.chats[result["chat"]["id"]].messages[result["message_id"]]
        for listener in world.shown:
            listener(message, call)
    return result


def _sent(world: World, chat: Chat, params: Json, content: Json, stored: StoredFile | None = None) -> Json:
    replied = _replied(chat, params)
    message = world.message(chat, world.bot, content | _markup(params) | replied)
    message.html = text(params, "caption" if stored else "text")
    message.parse_mode, message.document = params.get("parse_mode"), stored
    return dict(message.raw)


def _edited(message: Message, content: Json, parts: set[str]) -> Json:
    before = {name: message.raw[name] for name in parts if name in message.raw}
    if before == content:
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in message.raw.items() if name not in parts}
    message.raw = {**kept, **content, "edit_date": int(time.time())}
    message.edits += 1
    return dict(message.raw)


def _editable(chat: Chat, params: Json) -> Message:
    message = chat.messages.get(number(params, "message_id", 0))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _replied(chat: Chat, params: Json) -> Json:
    asked = params.get("reply_parameters")
    if not isinstance(asked, dict) or "message_id" not in asked:
        return {}
    found = chat.messages.get(asked["message_id"])
    if found and not found.deleted:
        return {"reply_to_message": {key: one for key, one in found.raw.items() if key != "reply_to_message"}}
    if asked.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _markup(params: Json) -> Json:
    markup = checked_markup(params.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def _text(params: Json, too_long: str) -> Json:
    if not text(params, "text"):
        raise bad_request("message text is empty")
    plain, entities = _parsed(text(params, "text"), params, "entities")
    if not plain:
        raise bad_request("text must be non-empty")
    if units(plain) > MOST_TEXT:
        raise bad_request(too_long)
    return {"text": plain, **({"entities": entities} if entities else {})}


def _caption(params: Json) -> Json:
    plain, entities = _parsed(text(params, "caption"), params, "caption_entities")
    if units(plain) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    shown: Json = {"caption": plain} if plain else {}
    return shown | ({"caption_entities": entities} if entities else {})


def _parsed(written: str, params: Json, entities_name: str) -> tuple[str, list[Json]]:
    mode = text(params, "parse_mode")
    if mode and mode.lower() != "html":
        raise ApiError(501, f"Not Implemented: the stand-in does not read {mode}")
    plain, entities = parse_html(written) if mode else (written, params.get(entities_name) or [])
    trimmed = plain.lstrip()
    return trimmed.rstrip(), _moved(entities, units(plain) - units(trimmed), units(trimmed.rstrip()))


def _moved(entities: list[Json], back: int, length: int) -> list[Json]:
    moved = []
    for one in entities:
        start, end = max(0, one["offset"] - back), min(length, one["offset"] + one["length"] - back)
        if end > start:
            moved.append({**one, "offset": start, "length": end - start})
    return moved


def _given_file(world: World, given: Any, what: str) -> StoredFile:
    if isinstance(given, str) and given in world.files:
        return world.files[given]
    if not isinstance(given, Upload):
        raise bad_request(f"there is no {what} in the request")
    if not given.content:
        raise bad_request("file must be non-empty")
    if len(given.content) > MOST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return world.store_file(given.name, given.content, mime_of(given.mime))
