"""Evidence files, stored under their checksum; never executed or unpacked."""

import codecs
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

import puremagic

from bot.store.engine import StoreError
from dialogs import FileInput

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
_HEAD_BYTES = 8192

# Accepted file name endings with their media types. The content must be of the same family.
MEDIA_TYPES: Mapping[str, str] = {
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
    "wps": "application/wps-office.wps",
    "et": "application/wps-office.et",
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
TEXT_ENDINGS = frozenset({"txt", "csv"})
PICTURE_ENDINGS = frozenset(ending for ending, kind in MEDIA_TYPES.items() if kind.startswith("image/"))
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]|^\s*<[!?/a-zA-Z]|^#!")
# Endings whose contents begin alike, so that the content cannot distinguish them.
_FAMILIES = (
    frozenset({"jpg", "jpeg"}),
    frozenset({"doc", "xls", "ppt", "wps", "et"}),
    frozenset({"docx", "xlsx", "pptx", "zip"}),
    frozenset({"mp4", "m4a", "mov", "m4v", "3gp", "f4a"}),
    frozenset({"heic", "heif"}),
    frozenset({"mp3", "mpga"}),
)
# How files begin that phones make and puremagic does not know: MPEG-2 sound, and the newer brands of MP4 and HEIF.
_MEDIA = frozenset({"mp4", "m4a", "mov"})
_EXTRA_SIGNATURES: Mapping[str, re.Pattern[bytes]] = {
    "mp3": re.compile(rb"\xff[\xf2\xf3\xfa\xfb]"),
    "heic": re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1)", re.DOTALL),
    **dict.fromkeys(
        _MEDIA, re.compile(rb".{4}ftyp(?:iso[2-9m]|mp4[0-9]|dash|avc1|3g[2p].|M4[ABV] |qt  )", re.DOTALL)
    ),
}
SHOWN_TYPES = "JPG / PNG / HEIC / PDF / Word / Excel / PPT / TXT / CSV / ZIP / MP3 / MP4"

Refusal = Literal["too_large", "type", "content", "empty", "unreadable"]


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """A folder of files named by the SHA-256 of their contents."""

    folder: Path
    most_megabytes: int

    def keep(self, source: Path) -> FileInput:
        """Take the file in; what cannot be taken comes back as refused, and nothing is kept of it.

        Raises StoreError where the folder cannot be written.
        """
        name = safe_name(source.name)
        try:
            if not source.is_file():
                return FileInput(name, "", 0, refusal="unreadable")
            size = source.stat().st_size
            if size > self.most_megabytes * MEGABYTE:
                return FileInput(name, "", size, refusal="too_large", limit=f"{self.most_megabytes} MB")
            with source.open("rb") as file:
                content = file.read(self.most_megabytes * MEGABYTE + 1)
        except OSError:
            return FileInput(name, "", 0, refusal="unreadable")
        return self.keep_bytes(name, content)

    def keep_bytes(self, name: str, content: bytes) -> FileInput:
        """Store content that is in memory. Raises StoreError when the folder cannot be written."""
        name = safe_name(name)
        refused = self._refusal(name, content)
        if refused is not None:
            limit = {"too_large": f"{self.most_megabytes} MB", "type": SHOWN_TYPES}.get(refused, "")
            return FileInput(name, "", len(content), refusal=refused, limit=limit)
        checksum = hashlib.sha256(content).hexdigest()
        try:
            _write(self.path_of(checksum), content)
        except OSError as error:
            sentence = (
                f"{self.folder} cannot take the file ({error.strerror}); make room, or check its rights"
            )
            raise StoreError(sentence, "attachment") from error
        return FileInput(name, media_type(_ending(name), content[:_HEAD_BYTES]) or "", len(content), checksum)

    def path_of(self, checksum: str) -> Path:
        """Return the path of the content with that checksum."""
        return self.folder / checksum[:2] / checksum

    def _refusal(self, name: str, content: bytes) -> Refusal | None:
        if not content:
            return "empty"
        if len(content) > self.most_megabytes * MEGABYTE:
            return "too_large"
        if _ending(name) not in MEDIA_TYPES:
            return "type"
        return None if media_type(_ending(name), content[:_HEAD_BYTES]) else "content"


def _write(path: Path, content: bytes) -> None:
    """Write the file atomically and durably: temporary name, sync, rename, sync of the folders."""
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
    for folder in path.parents[:3]:  # the checksum's folder, the evidence folder, the data folder
        _sync(folder)


def _sync(folder: Path) -> None:
    """Have the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def media_type(ending: str, head: bytes) -> str | None:
    """Return the media type of content that begins like this; None when it does not fit the ending.

    A picture may be of another picture type than its ending: chat apps and browsers rename them so.
    """
    likely = [ending, *(other for other in sorted(PICTURE_ENDINGS) if ending in PICTURE_ENDINGS)]
    return next((MEDIA_TYPES[each] for each in likely if matches_ending(each, head)), None)


def matches_ending(ending: str, head: bytes) -> bool:
    """Tell whether a content that begins like this may have this ending."""
    if ending not in MEDIA_TYPES:
        return False
    if ending in TEXT_ENDINGS:
        return _is_plain_text(head)
    return bool(ending in _EXTRA_SIGNATURES and _EXTRA_SIGNATURES[ending].match(head)) or _is_known(
        ending, head
    )


def _is_known(ending: str, head: bytes) -> bool:
    alike = next((family for family in _FAMILIES if ending in family), frozenset({ending}))
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return any(match.extension.lower().lstrip(".") in alike for match in found)


def safe_name(name: str) -> str:
    """Return a bare file name: no folders, no control or direction characters, at most 120 characters."""
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
    """Tell whether it is text without control characters that does not begin like markup or a script."""
    encodings = ("utf-16",) if head.startswith(_UTF16) else _ENCODINGS
    texts = [text for encoding in encodings if (text := _decoded(head, encoding)) is not None]
    return bool(texts) and not _NOT_TEXT.search(texts[0])


def _decoded(head: bytes, encoding: str) -> str | None:
    """Decode the text; None when it has another encoding. A character may be cut off at the end."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < _HEAD_BYTES)
    except UnicodeDecodeError:
        return None
