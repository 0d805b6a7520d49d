"""Names of workers, by which one knows what another has taken on and whether it is still there."""

import os
import secrets
import socket


def holder_name() -> str:
    """A name for this worker."""
    return f"{_host()}/{os.getpid()}/{secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Whether the worker of that name ran on this machine and does no more.

    For one that begins now: whoever had its process id before is gone.
    """
    host, pid, _ = holder.rsplit("/", 2)
    if host != _host():
        return False
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's process
        return False
    return False


def _host() -> str:
    return socket.gethostname()[:60]
