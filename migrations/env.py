"""Runs the migrations over the connection that the program hands in, or over the database that a URL names."""

import os

from alembic import context

from kb.store.engine import database_url
from kb.store.schema import METADATA
from kb.store.writer import Writer


def migrate(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with Writer(database_url(os.environ["KB_DATABASE_URL"]), patience=10).transaction() as connection:
        migrate(connection)
