"""The whole database: importing this declares every table there is."""

from bot.store import chat_tables, tables

SCHEMA = tables.METADATA
assert chat_tables.panels.metadata is SCHEMA
