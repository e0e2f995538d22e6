"""Running the application on a socket: TLS, start, graceful stop."""

import ipaddress
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from litestar import Litestar

from sync_server.http.patience import HEAD_SECONDS, patient

_STOP_SECONDS = 10


@dataclass(frozen=True)
class Tls:
    """Where the certificate and its key lie."""

    certificate: Path
    key: Path


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def can_share() -> bool:
    """Whether several processes can listen on one port here, and the system deals the lines out."""
    return sys.platform == "linux"


def listen(host: str, port: int, *, share: bool = False) -> socket.socket:
    """A listening socket; port 0 takes any free one. `share`: with other processes. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # TCP by name: asyncio turns Nagle's delay off only where the socket says so, and a small answer would
    # wait 40 ms for the acknowledgement of its headers.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if share:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind((host, port))
        listening.listen(512)
    except OSError:
        listening.close()
        raise
    return listening


def url_of(listening: socket.socket, host: str, tls: Tls | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{name}:{listening.getsockname()[1]}"


def make_server(app: Litestar, tls: Tls | None, head_seconds: float = HEAD_SECONDS) -> uvicorn.Server:
    """A server to be run on a listening socket; SIGTERM and SIGINT stop it after the requests at hand."""
    config = uvicorn.Config(
        app,
        http=patient(head_seconds),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_STOP_SECONDS,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    return uvicorn.Server(config)
