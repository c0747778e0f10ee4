"""The SQLite engine of the settings: Django's own, with a queue for writers."""
