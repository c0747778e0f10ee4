"""Why a command stops: one sentence for the person at the terminal, and the exit code."""


class Refusal(Exception):
    """The command cannot go on. The message is one Indonesian sentence that says what to do."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
