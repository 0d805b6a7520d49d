"""How the Bot API refuses a call."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> Json:
        refused: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return {**refused, "parameters": self.parameters} if self.parameters else refused


def bad_request(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def not_found() -> ApiError:
    return ApiError(404, "Not Found")


def too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
