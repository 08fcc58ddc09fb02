"""What Alembic runs a migration in: the connection that the store hands over, inside its transaction."""

from alembic import context

from dragoman.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters tables by making them again
)
context.run_migrations()
