"""The whole database: importing this declares every table there is."""

from bot.store.schema import conversation_tables, delivery_tables

SCHEMA = conversation_tables.METADATA
assert delivery_tables.panels.metadata is SCHEMA
