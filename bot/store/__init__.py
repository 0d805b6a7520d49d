"""What is kept, and how: no object of the database's leaves this package."""

from bot.store.engine import StoreError
from bot.store.store import Store

__all__ = ["Store", "StoreError"]
