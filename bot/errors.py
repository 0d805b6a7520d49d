"""What ends a program that otherwise runs for ever."""


class FatalError(Exception):
    """It cannot go on; the sentence says why and what to do."""
