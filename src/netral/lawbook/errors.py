"""What can be wrong with the law's files."""


class LawbookError(ValueError):
    """A source of law is malformed; each line of the message starts with file and line."""
