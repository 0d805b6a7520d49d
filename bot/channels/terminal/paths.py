"""Paths typed in a terminal: quoted, with ~, escaped as a terminal does on dropping, or `@path`."""

import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

_NAMED_LIKE_A_FILE = re.compile(r"\S+\.[A-Za-z][A-Za-z0-9]{1,4}")

# Begins at the root, the home folder, here or a drive, and has a file's ending: no answer looks like that.
_LIKE_A_PATH = re.compile(r"""["']?(?:file://|~?/|\.{1,2}/|[A-Za-z]:\\)[^\n]*\.[A-Za-z0-9]{1,5}["']?""")


def find_paths(typed: str) -> list[Path]:
    """Return the existing files that the whole of `typed` names; empty for ordinary text.

    A bare word is text even where a file is called that (`no`, `5.2.3`): a path has a slash, quotes or an
    ending, or an @ before it.
    """
    text = typed.strip()
    marked = text.startswith("@")
    words = _split_words(text.removeprefix("@").lstrip())
    if not words or not (marked or _looks_like_paths(text)):
        return []
    found = [_existing_file(word) for word in words]
    return [path for path in found if path is not None] if None not in found else []


def find_missing_path(typed: str) -> str | None:
    """Return the typed path when no such file exists: a mistake, not an answer."""
    path = typed.strip().removeprefix("@").strip()
    marked = typed.strip().startswith("@") and ("/" in path or path.startswith("~"))
    return path if (marked or _LIKE_A_PATH.fullmatch(path)) and not find_paths(typed) else None


def _looks_like_paths(text: str) -> bool:
    return text[0] in "\"'~" or "/" in text or "\\" in text or bool(_NAMED_LIKE_A_FILE.fullmatch(text))


def _split_words(text: str) -> list[str]:
    """Return the text as one path if such a file exists, else split as by a shell."""
    if _existing_file(text):
        return [text]
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _existing_file(word: str) -> Path | None:
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    try:
        path = Path(word).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, with a NUL, or ~ of an unknown user
        return None
