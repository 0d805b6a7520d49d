"""Errors reported to the user: one line each; unexpected ones go to a log file with their traceback."""

import logging
import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LOG_NAME = "errors.log"


def describe_error(error: Exception) -> list[str]:
    """Return the lines for stderr; log an unexpected error and name the log file."""
    return _known_error_lines(error) or [_log_unexpected(error)]


def _known_error_lines(error: Exception) -> list[str]:
    from bot.errors import UserError
    from rubric import FaultsFoundError, NoSuchVersionError, SheetFaultsError

    match error:
        case SheetFaultsError():
            return list(error.lines)
        case FaultsFoundError():
            return [str(fault) for fault in error.faults]
        case UserError():
            return [f"xingping: {line}" for line in str(error).splitlines()]
        case NoSuchVersionError():
            where = "name the folder that holds it with --schemes or XINGPING_SCHEMES_DIR"
            return [f"xingping: this assessment goes on under a scheme that is missing: {error}; {where}"]
        case OSError() if error.strerror:
            place = "" if error.filename is None else f"{error.filename}: "
            return [f"xingping: {place}{error.strerror}"]
    return []


def _log_unexpected(error: Exception) -> str:
    what = f"xingping: something unexpected went wrong ({type(error).__name__})"
    try:
        path = _append_to_log(error)
    except OSError:
        return f"{what}, and the log could not be written; run 'xingping doctor' to see why"
    return f"{what}; everything confirmed is saved. Please report it with the file {path}"


def _append_to_log(error: Exception) -> Path:
    return _append("".join(traceback.format_exception(error)))


def _append(text: str) -> Path:
    """Write to the log file, for its owner alone. Raises OSError."""
    from bot.settings import data_folder

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOG_NAME
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")
    return path


class ErrorLog(logging.Handler):
    """Writes errors to the log file, for programs whose stderr is the contact's screen."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            _append(self.format(record))


def log_errors_to_file() -> None:
    """Write logged errors to the log file alone."""
    logger = logging.getLogger("bot")
    if not any(isinstance(one, ErrorLog) for one in logger.handlers):
        logger.addHandler(ErrorLog(logging.ERROR))
