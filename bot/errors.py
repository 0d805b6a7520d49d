"""The errors that a user can mend."""


class UserError(Exception):
    """The base of errors whose lines say what is wrong and what to do."""


class FatalError(UserError):
    """The program cannot go on; the message says why and what to do."""
