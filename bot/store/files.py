"""Evidence files, kept by what is in them: never executed, never unpacked, stored under their checksum."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

import puremagic

from dialogs.messages import Sent

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
_HEAD = 8192

# File name endings that are accepted, with their media types. What is inside must be of the same family.
TYPES: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "txt": "text/plain",
    "csv": "text/csv",
}
TEXTS = frozenset({"txt", "csv"})
# Endings whose contents begin alike, so that no look inside can tell them apart.
_FAMILIES = (
    frozenset({"jpg", "jpeg"}),
    frozenset({"doc", "xls", "ppt", "wps", "et"}),
    frozenset({"docx", "xlsx", "pptx", "zip"}),
    frozenset({"mp4", "m4a", "mov", "m4v", "3gp", "f4a"}),
    frozenset({"heic", "heif"}),
    frozenset({"mp3", "mpga"}),
)
SHOWN_TYPES = "JPG, PNG, PDF, Word, Excel, PPT, TXT, CSV, ZIP, MP3, MP4"

Refusal = Literal["too_large", "type", "empty", "unreadable"]


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """A folder of files named by the SHA-256 of their contents."""

    folder: Path
    most_megabytes: int

    def keep(self, source: Path) -> Sent:
        """Take the file in; what cannot be taken comes back as refused, and nothing is kept of it."""
        name = safe_name(source.name)
        try:
            if not source.is_file():
                return Sent(name, "", 0, refused="unreadable")
            size = source.stat().st_size
            if size > self.most_megabytes * MEGABYTE:
                return Sent(name, "", size, refused="too_large", limit=f"{self.most_megabytes} MB")
            with source.open("rb") as file:
                content = file.read(self.most_megabytes * MEGABYTE + 1)
        except OSError:
            return Sent(name, "", 0, refused="unreadable")
        return self.keep_bytes(name, content)

    def keep_bytes(self, name: str, content: bytes) -> Sent:
        """The same for a content already in memory. Raises OSError where the folder cannot be written."""
        name = safe_name(name)
        refused = self._refusal(name, content)
        if refused is not None:
            limit = {"too_large": f"{self.most_megabytes} MB", "type": SHOWN_TYPES}.get(refused, "")
            return Sent(name, "", len(content), refused=refused, limit=limit)
        checksum = hashlib.sha256(content).hexdigest()
        self._write(self.path(checksum), content)
        return Sent(name, TYPES[_ending(name)], len(content), checksum)

    def path(self, checksum: str) -> Path:
        """Where the content of that checksum lies."""
        return self.folder / checksum[:2] / checksum

    def _refusal(self, name: str, content: bytes) -> Refusal | None:
        if not content:
            return "empty"
        if len(content) > self.most_megabytes * MEGABYTE:
            return "too_large"
        return None if is_what_it_says(_ending(name), content[:_HEAD]) else "type"

    def _write(self, path: Path, content: bytes) -> None:
        """Write it whole or not at all: into a name of its own, synced, then renamed."""
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def is_what_it_says(ending: str, head: bytes) -> bool:
    """Whether a content that begins like this may go by a name with this ending."""
    if ending not in TYPES:
        return False
    if ending in TEXTS:
        return _is_plain_text(head)
    alike = next((family for family in _FAMILIES if ending in family), frozenset({ending}))
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return any(match.extension.lower().lstrip(".") in alike for match in found)


def safe_name(name: str) -> str:
    """A bare file name: no folders, no control or direction characters, at most 120 characters."""
    bare = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(
        c for c in unicodedata.normalize("NFC", bare) if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    kept = " ".join(kept.split()).lstrip(".")
    if len(kept) > LONGEST_NAME:
        ending = PurePosixPath(kept).suffix[:12]
        kept = kept[: LONGEST_NAME - len(ending)] + ending
    return kept or "file"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def _is_plain_text(head: bytes) -> bool:
    if b"\0" in head or head.lstrip()[:1] == b"<" or head.startswith(b"#!"):
        return False
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether it is text in that encoding; a character cut off at the end is no fault."""
    try:
        head.decode(encoding)
    except UnicodeDecodeError as error:
        return len(head) == _HEAD and error.start >= len(head) - 4
    return True
