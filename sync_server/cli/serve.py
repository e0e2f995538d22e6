"""serve."""

import contextlib
import json
import logging
import signal
import socket
import sys
import time

import click

from gridclient.core.domain.errors import KnownError
from sync_server.cli.frame import Session, command, now

PORT = 8440


def add_to(group: click.Group) -> None:
    command(group, "serve")(serve)


@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上听；0.0.0.0 是全部")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="端口，0 是任意空的"
)
@click.option("--name", "names", multiple=True, help="别的电脑用来找它的名字或地址，可以写几次")
def serve(session: Session, host: str, port: int, names: tuple[str, ...]) -> None:
    """开着服务器，直到停下它。"""
    # Loaded here: no other command waits for the web framework.
    from sync_server.http.app import make_app
    from sync_server.http.serving import Tls, is_loopback, listen, make_server, url_of

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    folder = session.folder
    with session.service() as service:
        tls = None
        if not is_loopback(host):
            folder.ensure_certificate(_names(host, names), now())
            tls = Tls(folder.certificate, folder.certificate_key)
        try:
            listening = listen(host, port)
        except OSError as error:
            raise KnownError(
                "port_taken",
                f"{host} 的 {port} 端口用不了，可能已经有服务器开着。换一个 --port 再试。",
                f"Cannot listen on {host} port {port}: {error.strerror}.",
            ) from error
        server = make_server(make_app(service, folder.authority.read_bytes(), time.monotonic), tls)
        # For the moments before uvicorn listens to signals, and after it has stopped, when it repeats the one
        # it was stopped by: to be told to stop is no failure.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(server, "should_exit", True))
        url = url_of(listening, host, tls)
        click.echo(json.dumps({"url": url}) if session.as_json else f"服务器开着： {url}")
        sys.stdout.flush()
        server.run(sockets=[listening])


def _names(host: str, names: tuple[str, ...]) -> list[str]:
    """What laptops may call this machine."""
    mine = {"localhost", "127.0.0.1", socket.gethostname(), *names}
    mine.update([host] if host not in ("0.0.0.0", "::", "") else _addresses())
    return sorted(name for name in mine if name)


def _addresses() -> set[str]:
    """The addresses of this machine, as far as it knows them without asking anybody."""
    found = set[str]()
    with contextlib.suppress(OSError):
        found.update(socket.gethostbyname_ex(socket.gethostname())[2])
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # chooses a way out and sends nothing
        found.add(probe.getsockname()[0])
    return found
