"""The store; no database object leaves this package."""

from bot.store.engine import StoreError
from bot.store.store import Store

__all__ = ["Store", "StoreError"]
