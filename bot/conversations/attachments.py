"""Attachments written into the data folder, readable only by their owner."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from bot.store.evidence import safe_name
from dialogs import Attachment


@dataclass(frozen=True, slots=True)
class AttachmentFolder:
    folder: Path

    def save(self, attachment: Attachment) -> Path:
        """Write the attachment and return its path; the same content gets the same path. Raises OSError."""
        path = (
            self.folder / hashlib.sha256(attachment.content).hexdigest()[:12] / safe_name(attachment.name)
        ).absolute()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(attachment.content)
        return path
