"""The Bot API over aiohttp, as python-telegram-bot's BaseRequest: a fifth of the cost of its default client."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import json_text

CONNECTIONS = 256
READ_SECONDS = 20.0
CONNECT_SECONDS = 10.0
FILE_SECONDS = 120.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON = {"Content-Type": "application/json"}
_NO_API_ANSWER = "the answer is not one of the Bot API"


class NotSentError(NetworkError):
    """No connection came about, so that Telegram has heard nothing of it."""


class MaybeSentError(NetworkError):
    """The connection broke before an answer came; Telegram may have done what it was asked."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. A call raises NotSentError, MaybeSentError, TimedOut, or what Telegram answered."""

    def __init__(self, connections: int = CONNECTIONS, read_seconds: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As the base class does it, but quicker and without writing down what cannot be read."""
        answer = _parse_answer(payload)
        if answer is None:
            raise MaybeSentError(_NO_API_ANSWER)
        return answer

    @property
    def read_timeout(self) -> float | None:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - the seam's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        assert self._session is not None
        has_files = request_data is not None and request_data.contains_files
        total = _seconds(read_timeout, FILE_SECONDS if has_files else self._read_seconds)
        limit = _timeout(total, _seconds(connect_timeout, CONNECT_SECONDS))
        try:
            body, headers = _body(request_data)
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                payload = await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(_error_name(error)) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise MaybeSentError(_error_name(error)) from None
        _check_answer(answer.status, payload)
        return answer.status, payload


class UpdatesRequest(AiohttpRequest):
    """For `getUpdates`: keeps the updates as they came, and hands python-telegram-bot none.

    They are stored before anything is made of them, and one that PTB could not read would cost all of its batch.
    """

    def __init__(self) -> None:
        super().__init__(connections=1)
        self._kept: list[Any] = []

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code != HTTPStatus.OK:
            return code, payload
        answer = self.parse_json_payload(payload)
        found = answer.get("result")
        self._kept = found if isinstance(found, list) else []
        return code, json_text.dumps({**answer, "result": []}).encode()

    def take_updates(self) -> list[Any]:
        """What the last call brought."""
        found, self._kept = self._kept, []
        return found


class JsonRequestData:
    """A call's parameters as one JSON object; nothing of python-telegram-bot's needs to be made of them."""

    contains_files = False

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.content = json_text.dumps(parameters).encode()


def as_request_data(parameters: Mapping[str, Any]) -> RequestData:
    """The parameters as `BaseRequest.post` takes them; it hands them on to `do_request` as they are."""
    return cast("RequestData", JsonRequestData(parameters))


@cache
def _timeout(total: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=CONNECT_SECONDS)


def _seconds(given: Any, default: float) -> float | None:
    """A time-out as PTB hands it on: a number, None for none, or its mark for "as usual"."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _error_name(error: Exception) -> str:
    """What failed; never the address, which holds the token."""
    return type(error).__name__


def _check_answer(status: int, payload: bytes) -> None:
    """Raise for a redirection or a failure that a proxy between us and Telegram answers with a page.

    Such a page often names the address, which must not be written down, and its 404 says nothing of the token.
    Raises NetworkError, and BadRequest where it will not be otherwise another time.
    """
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("what was sent is too large")
    if status >= HTTPStatus.MULTIPLE_CHOICES and _parse_answer(payload) is None:
        raise NetworkError(f"{status}, and {_NO_API_ANSWER}")


def _parse_answer(payload: bytes) -> dict[str, Any] | None:
    """The Bot API's answer; None where it is none."""
    try:
        answer = json_text.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    """A form as PTB sends it, with parts where there are files."""
    if data is None:
        return None, {}
    given: object = data  # what is spoken comes in its place
    if isinstance(given, JsonRequestData):
        return given.content, _JSON
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form, {}
