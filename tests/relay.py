"""A way to a server that can be stopped."""

from __future__ import annotations

import socket
import threading


class Relay:
    """Between client and server; ``freeze`` lets nothing through any more, as a stopped server or a dead line does."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._through = threading.Event()
        self._through.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def freeze(self) -> None:
        """Nothing comes through from now on."""
        self._through.clear()

    def go_on(self) -> None:
        """What was held back comes through, and all that follows."""
        self._through.set()

    def close(self) -> None:
        """Let go of everything."""
        self._through.set()
        for one in (self._listening, *self._open):
            one.close()

    def _take(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._target)
            except OSError:
                return
            self._open += [client, server]
            for pair in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self._through.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return
