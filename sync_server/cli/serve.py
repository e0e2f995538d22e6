"""serve."""

import contextlib
import gc
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
@click.option("--share", is_flag=True, help="几个进程听同一个端口（Linux，数据在 PostgreSQL 里）")
@click.option(
    "--own-port", type=click.IntRange(0, 65535), default=None, help="这个进程自己的端口，只给本机看 /metrics"
)
@click.option(
    "--metrics-token",
    envvar="GRIDSERVER_METRICS_TOKEN",
    default="",
    help="看 /metrics 的口令；不设就只给本机看",
)
def serve(
    session: Session,
    host: str,
    port: int,
    names: tuple[str, ...],
    share: bool,
    own_port: int | None,
    metrics_token: str,
) -> None:
    """开着服务器，直到停下它。"""
    # Loaded here: no other command waits for the web framework.
    from sync_server.http.app import make_app
    from sync_server.http.serving import Tls, is_loopback, make_server, url_of

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    folder = session.folder
    with session.service() as service:
        tls = None
        if not is_loopback(host):
            folder.ensure_certificate(_names(host, names), now())
            tls = Tls(folder.certificate, folder.certificate_key)
        if share and not folder.shared:
            raise _unshared()
        sockets = [_listening(host, port, share)]
        if own_port is not None:
            sockets.append(_listening("127.0.0.1", own_port, share=False))
        app = make_app(service, folder.authority.read_bytes(), time.monotonic, token=metrics_token)
        gc.freeze()  # what is loaded by now stays; to search it for cycles would stop a request
        server = make_server(app, tls)
        # For the moments before uvicorn listens to signals, and after it has stopped, when it repeats the one
        # it was stopped by: to be told to stop is no failure.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(server, "should_exit", True))
        url, *own = [url_of(one, at, tls) for one, at in zip(sockets, (host, "127.0.0.1"), strict=False)]
        facts = {"url": url, **({"own": own[0]} if own else {})}
        click.echo(json.dumps(facts) if session.as_json else f"服务器开着： {url}")
        sys.stdout.flush()
        server.run(sockets=sockets)


def _listening(host: str, port: int, share: bool) -> socket.socket:
    from sync_server.http.serving import can_share, listen

    if share and not can_share():
        raise _unshared()
    try:
        return listen(host, port, share=share)
    except OSError as error:
        raise KnownError(
            "port_taken",
            f"{host} 的 {port} 端口用不了，可能已经有服务器开着。换一个 --port 再试。",
            f"Cannot listen on {host} port {port}: {error.strerror}.",
        ) from error


def _unshared() -> KnownError:
    return KnownError(
        "not_shared",
        "只有在 Linux 上、数据在 PostgreSQL 里，才能几个进程听同一个端口。",
        "Several processes share a port only on Linux and over PostgreSQL.",
    )


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
