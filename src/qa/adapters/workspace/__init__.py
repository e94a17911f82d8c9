"""What people made, kept apart from what is built: one SQLite file a matter, in the workspace folder."""
