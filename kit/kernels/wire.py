"""Messages between processes of one computer: JSON behind its length, over a Unix socket; open files may go along."""

import json
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]

LENGTH = struct.Struct("!Q")
MOST_FILES = 8


class Closed(Exception):
    """The other end is gone."""


class TooLong(Exception):
    """The other end announced a message above the limit; nothing of it was read."""


class Channel:
    """One end of a socket pair; `received` counts the bytes that came in."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self.received = 0

    @classmethod
    def pair(cls) -> "tuple[Channel, Channel]":
        """Two connected ends, which nobody else can reach."""
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        return cls(one), cls(other)

    @classmethod
    def of(cls, number: int) -> "Channel":
        """The end that another process handed over as an open file."""
        return cls(socket.socket(fileno=number))

    def send(self, message: Json, files: Sequence[int] = (), default: Callable[[Any], Any] | None = None) -> None:
        """Send one message, and copies of open files with it; `default` as for `json.dumps`. Raises `Closed`."""
        self.send_bytes(json.dumps(message, default=default).encode(), files)

    def send_bytes(self, body: bytes, files: Sequence[int] = ()) -> None:
        """Send one message that is no JSON. Raises `Closed`."""
        head = LENGTH.pack(len(body))
        try:
            self.end.settimeout(None)
            if files:
                socket.send_fds(self.end, [head], list(files))
            self.end.sendall(body if files else head + body)
        except OSError as error:
            raise Closed(str(error)) from None

    def receive(self, seconds: float | None = None, most: int = 2**40) -> tuple[Json, list[int]]:
        """The next message and the files that came with it.

        Raises `Closed`, `TooLong` above `most` bytes, and `TimeoutError` when nothing comes for so many seconds.
        """
        body, files = self.receive_bytes(seconds, most)
        return json.loads(body), files

    def receive_bytes(self, seconds: float | None = None, most: int = 2**40) -> tuple[bytes, list[int]]:
        """The same for a message that is no JSON."""
        self.end.settimeout(seconds)
        try:
            head, files, _, _ = socket.recv_fds(self.end, LENGTH.size, MOST_FILES)
            (length,) = LENGTH.unpack(head + self._exactly(LENGTH.size - len(head)))
            if length > most:
                raise TooLong(length)
            return self._exactly(length), files
        except ConnectionError as error:
            raise Closed(str(error)) from None
        finally:
            self.end.settimeout(None)

    def _exactly(self, length: int) -> bytes:
        parts, missing = [], length
        while missing:
            part = self.end.recv(min(missing, 2**20))
            if not part:
                raise Closed
            parts.append(part)
            missing -= len(part)
        self.received += length
        return b"".join(parts)

    def fileno(self) -> int:
        """The open file's number, for selectors."""
        return self.end.fileno()

    def close(self) -> None:
        """Close this end; the other one sees it."""
        self.end.close()
