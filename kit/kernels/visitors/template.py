"""A template kernel as its server sees it: start it, learn what the cells put out, fork visitors' kernels from it."""

import asyncio
import os
from dataclasses import dataclass
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from traitlets import Instance

from kit.kernels.provisioner import WarmProvisioner
from kit.kernels.wire import Channel, Closed, Json
from kit.kernels.zygote import ForkedProcess, NotForked, Zygote

NEEDED = (
    "kit.kernels.visitors.arrival", "kit.kernels.visitors.first_cells", "IPython.core.debugger", "sqlite3",
    "tornado.platform.asyncio",
)  # fmt: skip
WIDGETS = "ipywidgets"


@dataclass(frozen=True)
class Told:
    """What a template answers once its cells have run; `problem` and `hazards` say why nobody can be forked from it."""

    outputs: list[list[Json]]
    problem: str
    hazards: list[str]
    files: list[str]


class Template(Zygote):
    """A process that has run a notebook's cells; every visitor's kernel is a fork of it."""

    program = "from kit.kernels.visitors.mother import main; main()"

    def __init__(self, cells: list[str], folder: str, libraries: tuple[str, ...] = ()) -> None:
        super().__init__(NEEDED)
        self.control.send({"cells": cells, "cwd": folder, "libraries": [WIDGETS, *libraries]})

    def told(self, seconds: float) -> Told:
        """Wait for the cells; raises `NotForked` when the process dies of them or takes longer."""
        try:
            return Told(**self.control.receive(seconds)[0])
        except Closed:
            raise NotForked("the template kernel died") from None
        except TimeoutError:
            raise NotForked(f"the cells took more than {seconds:g} s") from None


class VisitorProvisioner(WarmProvisioner):
    """Starts a visitor's kernel: it is ready when the notebook has received its visitor, or it does not exist."""

    template = Instance(Template)
    talk: Channel  # by which the kernel and its page will speak

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork; raises `NotForked` where there can be no fork or the notebook fails."""
        self.talk, theirs = Channel.pair()
        try:
            forked = await self._visitor(kwargs, theirs)
            self.process, self.pid, self.pgid = forked, forked.pid, forked.pid  # type: ignore[assignment]
            await self._received()
        except NotForked:
            self.talk.close()
            raise
        return self.connection_info

    async def _visitor(self, kwargs: dict[str, Any], theirs: Channel) -> ForkedProcess:
        details = {"env": dict(kwargs["env"]), "cwd": str(kwargs.get("cwd") or os.getcwd())}
        try:
            with open(os.devnull, "rb") as nothing:
                forked = self.template.fork("visitor", details, [nothing.fileno(), 1, 2, theirs.fileno()])
        finally:
            theirs.close()
        try:
            await readable(forked.line, self.patience)
            forked.started(0)
        except (NotForked, TimeoutError):
            forked.close()
            raise NotForked("no fork of the template kernel") from None
        return forked

    async def _received(self) -> None:
        try:
            await readable(self.talk, self.patience)
            answer, _ = self.talk.receive(0)
        except (Closed, TimeoutError):
            answer = {"error": "no answer"}
        if answer:
            await self.cleanup()
            raise NotForked(f"the notebook could not receive its visitor: {answer['error']}")


async def readable(channel: Channel, seconds: float) -> None:
    """Wait until something has come, or the other end is closed; raises `TimeoutError`."""
    loop = asyncio.get_running_loop()
    come: asyncio.Future[None] = loop.create_future()

    def seen() -> None:
        if not come.done():
            come.set_result(None)

    loop.add_reader(channel.fileno(), seen)
    try:
        await asyncio.wait_for(come, seconds)
    finally:
        loop.remove_reader(channel.fileno())
