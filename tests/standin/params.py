"""A call's parameters, whichever way they were sent."""

import json
from dataclasses import dataclass
from email.message import Message as Headers
from typing import Any, cast
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader
from aiohttp.web import BaseRequest

from tests.standin.errors import Json, bad_request

# Never JSON, even where it looks so.
TEXTS = {
    "text", "caption", "callback_query_id", "file_id", "name", "description", "short_description", "url",
    "secret_token", "parse_mode", "language_code",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    mime: str


async def read_params(request: BaseRequest) -> Json:
    params: Json = {name: _value(name, text) for name, text in request.query.items()}
    if request.method != "POST":
        return params
    return params | await _body(request)


async def _body(request: BaseRequest) -> Json:
    kind = request.content_type
    if kind == "multipart/form-data":
        return _attached([part async for part in _parts(await request.multipart())])
    body = await request.read()
    if kind == "application/json" and body:
        return _json_object(body)
    pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return {name: _value(name, text) for name, text in pairs}


def _json_object(body: bytes) -> Json:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse request: body must be a JSON object")
    return {name: _value(name, one) if isinstance(one, str) else one for name, one in found.items()}


async def _parts(reader: MultipartReader) -> Any:
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader) and part.name:
            yield part.name, await _part(part)


async def _part(part: BodyPartReader) -> Any:
    content = bytes(await part.read(decode=True))
    if part.filename is None:
        return _value(part.name or "", content.decode(errors="replace"))
    mime = part.headers.get("Content-Type", "application/octet-stream")
    return Upload(part.filename, content, mime)


def _attached(parts: list[tuple[str, Any]]) -> Json:
    """References of the form `attach://part` replaced by the part."""
    found = dict(parts)
    used = {
        name: value.removeprefix("attach://")
        for name, value in found.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    for name, part in used.items():
        found[name] = found.get(part)
    return {name: value for name, value in found.items() if name not in used.values() or name in used}


def _value(name: str, text: str) -> Any:
    if name in TEXTS:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def mime_of(header: str) -> str:
    headers = Headers()
    headers["Content-Type"] = header
    return headers.get_content_type()


def number(params: Json, name: str, otherwise: int) -> int:
    try:
        return int(params.get(name, otherwise))
    except (TypeError, ValueError):
        raise bad_request(f"parameter {name} must be an integer") from None


def flag(params: Json, name: str) -> bool:
    return params.get(name) in {True, "true", "True"}


def text(params: Json, name: str) -> str:
    return str(params.get(name) or "")


def texts(params: Json, name: str) -> list[str] | None:
    found = params.get(name)
    return cast("list[str]", found) if isinstance(found, list) else None
