"""What is measured of a peer."""

from __future__ import annotations

import socket
from typing import NamedTuple


class Measured(NamedTuple):
    """Seconds, bytes both ways, requests, and seconds of processor at the server."""

    seconds: float
    size: int
    requests: int = 0
    cpu: float = 0.0


def free_ports(count: int) -> int:
    """The first of so many free ports in a row, below those the system gives out itself."""
    for first in range(21_000, 31_000, count):
        if all(map(_is_free, range(first, first + count))):
            return first
    raise OSError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
