"""Between a visitor's kernel and its page: whole messages, kept for a page that is away; and a place for each."""

import asyncio
import json
from collections.abc import Callable

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

from kit import kernels
from kit.kernels.visitors.frames import framed, unframed
from kit.kernels.visitors.kernels import VisitorKernels
from kit.kernels.visitors.line import Line
from kit.kernels.wire import Channel

pytestmark = pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork")
MESSAGE = {"header": {"msg_type": "comm_msg", "msg_id": "1"}, "parent_header": {}, "metadata": {"a": 1},
           "content": {"text": "Đề bài"}}  # fmt: skip


def packed(part: object) -> bytes:
    return json.dumps(part).encode()


class Page:
    """In the place of a websocket: what it was shown, and whether it was closed."""

    def __init__(self) -> None:
        self.shown: list[bytes] = []
        self.closed = False
        self.websocket_handler = self

    def show(self, frame: bytes) -> None:
        self.shown.append(frame)

    def close(self) -> None:
        self.closed = True


def test_messages_are_those_of_jupyter_with_their_binary_parts():
    assert framed("iopub", MESSAGE, packed) == serialize_msg_to_ws_v1(MESSAGE, "iopub", packed)
    frame = framed("iopub", {**MESSAGE, "buffers": [memoryview(b"one"), b""]}, packed)
    channel, parts = deserialize_msg_from_ws_v1(frame)
    assert channel == "iopub" and parts[4:] == [b"one", b""]
    assert unframed(frame, json.loads) == ("iopub", {**MESSAGE, "buffers": [b"one", b""]})


def test_a_page_that_lost_its_connection_gets_what_it_missed_and_another_one_does_not():
    async def talk() -> None:
        line, kernel = await connected()
        first, again, other = Page(), Page(), Page()
        line.meet("mine", first)
        await said(kernel, b"seen")
        await true(lambda: first.shown == [b"seen"])
        line.part("mine", first)
        await said(kernel, b"missed", b"x" * 3_000_000)
        await true(lambda: len(line.kept) == 2)
        line.meet("mine", again)
        assert (first.shown, again.shown) == ([b"seen"], [b"missed", b"x" * 3_000_000])
        line.part("mine", again)
        await said(kernel, b"not for others")
        await true(lambda: len(line.kept) == 1)
        line.meet("other", other)
        await said(kernel, b"new")
        await true(lambda: other.shown == [b"new"])

    asyncio.run(talk())


def test_a_page_comes_back_before_its_old_connection_is_known_to_be_lost():
    async def talk() -> None:
        line, kernel = await connected()
        old, new = Page(), Page()
        line.meet("mine", old)
        line.meet("mine", new)
        line.part("mine", old)
        await said(kernel, b"word")
        await true(lambda: new.shown == [b"word"])
        assert (old.closed, new.closed, old.shown) == (True, False, [])

    asyncio.run(talk())


def test_the_page_of_a_kernel_that_dies_is_closed():
    async def talk() -> None:
        line, kernel = await connected()
        line.meet("mine", page := Page())
        kernel.close()
        await true(lambda: page.closed)

    asyncio.run(talk())


async def connected() -> tuple[Line, Channel]:
    ours, kernels_end = Channel.pair()
    return await Line.on(ours), kernels_end


async def said(kernel: Channel, *words: bytes) -> None:
    for word in words:
        await asyncio.to_thread(kernel.send_bytes, word)


async def true(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_of_many_who_come_at_once_only_as_many_get_a_place_as_there_are():
    async def come() -> list[bool]:
        kernels_of = VisitorKernels(most_unseen=3)
        kernels_of.clock = lambda: 100.0
        kernels_of.alone = {"old": 1.0, "older": 0.0, "young": 95.0}
        return list(await asyncio.gather(*(kernels_of.room() for _ in range(6))))

    assert asyncio.run(come()) == [True, True, False, False, False, False]
