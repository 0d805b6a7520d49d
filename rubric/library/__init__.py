"""The schemes in folders: found, read on first use, locked when published, archived."""
