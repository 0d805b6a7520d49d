"""What a message's buttons may be."""

import re
from dataclasses import dataclass
from typing import Any

from tests.standin.errors import Json, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_DATA_BYTES = 64
ACTIONS = {"web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
           "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay"}  # fmt: skip
URL = re.compile(r"tg://\S+|(https?://)?[^\s/.]+(\.[^\s/.]+)+([/?]\S*)?")
OTHER_MARKUPS = {"keyboard", "remove_keyboard", "force_reply"}


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None
    url: str | None


def checked_markup(raw: Any) -> Json | None:
    """A reply markup as Telegram would take it; none if it holds no button."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in raw:
        return raw if OTHER_MARKUPS & raw.keys() else None
    rows = _rows(raw["inline_keyboard"])
    for button in (one for row in rows for one in row):
        _check_button(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def buttons_of(markup: Json | None) -> list[list[Button]]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [[Button(one["text"], one.get("callback_data"), one.get("url")) for one in row] for row in rows]


def _rows(raw: Any) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, raw)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in raw):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return raw


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise _unreadable('Can\'t find field "text"')
    if not button["text"]:
        raise bad_request("BUTTON_TEXT_INVALID")
    if "callback_data" in button:
        _check_data(button["callback_data"])
    elif "url" in button:
        _check_url(str(button["url"]))
    elif not ACTIONS & button.keys():
        raise _unreadable("Text buttons are unallowed in the inline keyboard")


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode(errors="replace")) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    if not URL.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _unreadable(what: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {what}")
