"""A real server on a real socket, in a thread of the test."""

import threading
import time

from sync_server.http.app import make_app
from sync_server.http.limits import Limits
from sync_server.http.serving import Tls, listen, make_server, url_of
from sync_server.service.folder import Folder
from sync_server.service.service import Service


class Running:
    """Serves from the moment it is made until `stop`. `road`: http or https."""

    def __init__(
        self,
        service: Service,
        folder: Folder,
        road: str,
        limits: Limits | None = None,
        token: str = "",
        head: float = 20,
    ) -> None:
        tls = None
        if road == "https":
            folder.ensure_certificate(["localhost", "127.0.0.1"], service.clock())
            tls = Tls(folder.certificate, folder.certificate_key)
        app = make_app(service, folder.authority.read_bytes(), time.monotonic, limits, token)
        self.paths = [route.path for route in app.routes]
        self._socket = listen("127.0.0.1", 0)
        self.url = url_of(self._socket, "127.0.0.1", tls)
        self._server = make_server(app, tls, head)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
