"""The export of a contact's data: records as JSON, evidence files unchanged, in ZIP archives."""

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.store.evidence import safe_name
from bot.store.privacy.erase import FILE_FIELDS
from dialogs import Attachment

MOST_BYTES = 40 * 1024 * 1024
"""The size at which an evidence archive is closed; chat services limit files (Telegram: 50 MB)."""
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same records make the same archive


def make_export_files(
    records: dict[str, Any], evidence_path: Callable[[str], Path]
) -> tuple[Attachment, ...]:
    """Return the archives of the records and their evidence files; `evidence_path` returns the path of a checksum."""
    data = json.dumps(records, ensure_ascii=False, indent=1, default=str).encode()
    archives: list[bytes] = []
    box, size = _Archive(), 0
    box.put("data.json", data)
    for name, path in _evidence(records, evidence_path):
        content = path.read_bytes()
        if size and size + len(content) > MOST_BYTES:
            archives.append(box.close())
            box, size = _Archive(), 0
        box.put(f"evidence/{name}", content)
        size += len(content)
    archives.append(box.close())
    names = (
        ["xingping-data.zip"]
        if len(archives) == 1
        else [f"xingping-data-{number}.zip" for number in range(1, len(archives) + 1)]
    )
    return tuple(
        Attachment(name, "application/zip", content) for name, content in zip(names, archives, strict=True)
    )


def _evidence(records: dict[str, Any], evidence_path: Callable[[str], Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file once, under a name that begins with its checksum."""
    seen: set[str] = set()
    for row in records["answers"]:
        value = row["value"] if row["field"] in FILE_FIELDS and isinstance(row["value"], dict) else {}
        file = value.get("evidence")
        if file is None or file["sha256"] in seen:
            continue
        seen.add(file["sha256"])
        path = evidence_path(file["sha256"])
        if path.is_file():
            yield f"{file['sha256'][:8]}-{safe_name(file['name'])}", path


class _Archive:
    """An archive in the making."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self._archive = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED)

    def put(self, name: str, content: bytes) -> None:
        about = zipfile.ZipInfo(name, _EPOCH)
        about.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(about, content)

    def close(self) -> bytes:
        self._archive.close()
        return self._bytes.getvalue()
