"""How the tables of a record came to be what they are (Alembic)."""
