"""A cache of loaded and saved values, by revision."""

from typing import Any

MOST_CACHED = 2_000


class RevisionCache:
    """Values that are never changed in place, valid only at the stored revision.

    The revision is read, under its lock, in every turn. Of a transaction that fails nothing may be kept: it is
    cleared then.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, Any]] = {}

    def find(self, key: str, revision: int) -> Any:
        """Return the value at that revision; None when it is not cached."""
        found = self._kept.get(key)
        return found[1] if found is not None and found[0] == revision else None

    def keep(self, key: str, revision: int, value: Any) -> None:
        if len(self._kept) >= MOST_CACHED:
            self._kept.clear()
        self._kept[key] = (revision, value)

    def clear(self) -> None:
        self._kept.clear()
