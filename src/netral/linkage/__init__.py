"""Names and numbers of persons: how they are written, read and compared. No Django, nothing of the house."""
