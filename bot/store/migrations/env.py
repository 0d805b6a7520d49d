"""How Alembic reaches the database: over the connection of whoever calls it."""

from alembic import context

from bot.store.schema import SCHEMA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SCHEMA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
