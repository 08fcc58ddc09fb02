"""What a reader sees of a record: the brief, tables, single entries, and files for programs."""
