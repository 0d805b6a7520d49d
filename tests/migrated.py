"""An SQLite file with the newest tables, migrated once a process and copied."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store import Store


@cache
def _template() -> Path:
    folder = TemporaryDirectory(prefix="xingping-tables-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "template.db"
    Store.open(f"sqlite:///{path}").close()
    return path


def copy_to(path: Path) -> str:
    """Put a migrated database without rows there, and return its URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"
