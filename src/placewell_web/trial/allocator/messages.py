"""How site and allocator talk: canonical JSON, each message with its length before it; nothing else is understood."""

from __future__ import annotations

import json
import socket

from placewell.randomisation.hashing import Value, canon

LENGTH_BYTES = 4
MOST = 64 * 2**20  # a tail of a whole trial is a few million bytes


class BadMessage(Exception):
    """What came over the socket is not a message."""


class Closed(BadMessage):
    """The other end is gone."""


def send(line: socket.socket, message: Value) -> None:
    """Write one message."""
    written = canon(message)
    line.sendall(len(written).to_bytes(LENGTH_BYTES, "big") + written)


def receive(line: socket.socket, most: int = MOST) -> dict[str, Value]:
    """Read one message: an object. Raises Closed or BadMessage; the line's own timeout holds for each piece."""
    length = int.from_bytes(_exactly(line, LENGTH_BYTES), "big")
    if not 0 < length <= most:
        raise BadMessage(f"a message of {length} bytes is too long or empty")
    try:
        found = json.loads(_exactly(line, length))
        canon(found)
    except (ValueError, TypeError, RecursionError) as fault:
        raise BadMessage("a message is not canonical JSON") from fault
    if not isinstance(found, dict):
        raise BadMessage("a message is not an object")
    return found


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        piece = line.recv(min(length - len(parts), 1 << 16))
        if not piece:
            raise Closed("the other end closed the line")
        parts += piece
    return bytes(parts)
