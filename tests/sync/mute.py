"""A server that takes what comes and never answers."""

import socket
import threading


class Mute:
    """Takes connections and reads from the moment it is made until `close`."""

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.asked = threading.Event()
        self.left = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                met, _ = self._socket.accept()
            except OSError:
                return
            with met:
                while met.recv(65536):
                    self.asked.set()
            self.left.set()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
