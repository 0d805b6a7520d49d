"""Names of workers, by which one knows what another has taken on and whether it is still there."""

import os
import secrets
import socket


def make_worker_name() -> str:
    """A name for this worker."""
    return f"{_host_name()}/{os.getpid()}/{secrets.token_hex(4)}"


def is_worker_gone(worker_name: str) -> bool:
    """Whether the worker of that name ran on this machine and does no more.

    For one that begins now: whoever had its process id before is gone.
    """
    host, pid, _ = worker_name.rsplit("/", 2)
    if host != _host_name():
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


def _host_name() -> str:
    return socket.gethostname()[:60]
