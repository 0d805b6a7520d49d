"""The lines of `.env` that say nothing, which python-dotenv would pass over with a warning at most."""

import logging
from collections.abc import Iterator
from pathlib import Path

from dotenv.parser import Binding, parse_stream

ENV_FILE = ".env"
ENCODING = "utf-8-sig"  # editors on Windows put a mark in front, which would become part of the first name
_ALLOWED = "NAME=VALUE, or a comment after #"


def env_faults() -> Iterator[str]:
    """One sentence a line, without what stands there: it may be a password. Raises OSError, UnicodeDecodeError."""
    path = Path(ENV_FILE)
    if not path.is_file():
        return
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # it would warn of the same in words of its own
    with path.open(encoding=ENCODING) as file:
        for binding in parse_stream(file):
            if binding.error or (binding.key and binding.value is None):
                yield f"{ENV_FILE}: line {_line(binding)} is not usable; allowed: {_ALLOWED}"


def _line(binding: Binding) -> int:
    """The parser counts blank lines in front as part of what follows."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
