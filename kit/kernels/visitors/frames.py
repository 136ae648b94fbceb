"""Jupyter's messages as a page's websocket carries them: the parts of each behind a list of their places."""

import struct
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from kit.kernels.wire import Json

PROTOCOL = "v1.kernel.websocket.jupyter.org"
PARTS = ("header", "parent_header", "metadata", "content")


def framed(channel: str, message: Json, pack: Callable[[Any], bytes]) -> bytes:
    """A message of a channel as bytes; `pack` writes JSON."""
    parts = [channel.encode(), *(pack(message[name]) for name in PARTS), *map(bytes, message.get("buffers") or ())]
    places = [8 * (len(parts) + 2)]
    for part in parts:
        places.append(places[-1] + len(part))
    return b"".join([struct.pack(f"<{len(places) + 1}Q", len(places), *places), *parts])


def unframed(frame: bytes, unpack: Callable[[bytes], Any]) -> tuple[str, Json]:
    """The channel and the message; raises `ValueError` or `struct.error` for what is none."""
    (count,) = struct.unpack_from("<Q", frame)
    places = struct.unpack_from(f"<{count}Q", frame, 8)
    channel, *parts = (frame[begin:end] for begin, end in pairwise(places))
    about = dict(zip(PARTS, map(unpack, parts[:4]), strict=True))
    return channel.decode(), {**about, "buffers": parts[4:]}
