"""Random ids of rows."""

import secrets

IDS_OF_A_TURN = 2


def make_id() -> str:
    return secrets.token_hex(16)


def make_turn_ids() -> tuple[str, ...]:
    """Return the ids that one turn may use."""
    return tuple(make_id() for _ in range(IDS_OF_A_TURN))
