"""The kernels of a server with many visitors: how many there may be, and when one that nobody looks at ends."""

import asyncio
import time
from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Float, Integer

from kit.kernels.visitors.line import Line
from kit.kernels.visitors.template import Template, VisitorProvisioner

FAIR_SECONDS = 10.0  # every page has so long to open its connection, however many others come
RUNNING_SECONDS = 300.0


class VisitorKernel(ServerKernelManager):
    """One kernel: forked from a template where one is given, else as the kernelspec says."""

    template: Template | None = None
    line: Line | None = None

    async def _async_pre_start_kernel(self, *, template: Template | None = None, **given: Any) -> Any:
        if template is None:
            return await super()._async_pre_start_kernel(**given)
        self.template, self.kernel_id, self._launch_args = template, given["kernel_id"], given
        self.provisioner = VisitorProvisioner(
            template=template, kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        return [], given

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        if not isinstance(self.provisioner, VisitorProvisioner):
            await super()._async_launch_kernel(kernel_cmd, **kw)
            return
        await self.provisioner.launch_kernel(kernel_cmd, **kw)
        self.line = await Line.on(self.provisioner.talk)

    async def _async_post_start_kernel(self, **given: Any) -> None:
        if self.template is None:  # a fork has no sockets to connect to
            await super()._async_post_start_kernel(**given)


class VisitorKernels(AsyncMappingKernelManager):
    """All kernels of the server. A page that is never looked at, or was left, costs nothing for long."""

    most = Integer(400, help="Kernels at once; further visitors get a page that asks them to wait").tag(config=True)
    most_unseen = Integer(150, help="Kernels at once whose page has not opened its connection").tag(config=True)
    unseen_seconds = Float(60.0, help="How long a page may take to open its connection").tag(config=True)
    away_seconds = Float(600.0, help="How long a kernel waits for a page whose connection is lost").tag(config=True)
    pause = Float(2.0, help="Seconds between two looks at the kernels").tag(config=True)
    kernel_manager_class = "kit.kernels.visitors.kernels.VisitorKernel"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)  # type: ignore[no-untyped-call]
        self.alone: dict[str, float] = {}  # since when nobody is connected, by kernel
        self.seen: set[str] = set()
        self.arriving = 0
        self.clock = time.monotonic
        self.looking = PeriodicCallback(self.look, 1000 * self.pause)
        self.looking.start()

    async def room(self) -> bool:
        """Keep a place for one more visitor, to be given back by `arrived`; False where there is none.

        Where too many pages were never looked at, the oldest of them ends, once it had its fair time.
        """
        unseen = [kernel for kernel in self.alone if kernel not in self.seen]
        crowded = len(unseen) + self.arriving >= self.most_unseen
        oldest = min(unseen, key=self.alone.__getitem__, default="") if crowded else ""
        if crowded and (not oldest or self.clock() - self.alone[oldest] < FAIR_SECONDS):
            return False
        if len(self._kernels) + self.arriving - crowded >= self.most:
            return False
        self.arriving += 1
        if oldest:
            del self.alone[oldest]  # whoever comes meanwhile has to find another one
            await asyncio.gather(self.shutdown_kernel(oldest), return_exceptions=True)
        return True

    def arrived(self) -> None:
        """Whoever was let in has a kernel now, or will have none."""
        self.arriving -= 1

    async def start_kernel(self, **given: Any) -> Any:  # type: ignore[override]
        """Start a kernel; it is alone until its page connects."""
        kernel = await super().start_kernel(**given)
        self.alone[kernel] = self.clock()
        return kernel

    def start_watching_activity(self, kernel_id: str) -> None:
        """Cells do not run for long here: connections say who is there, not messages."""
        kernel: Any = self.get_kernel(kernel_id)
        kernel.execution_state, kernel.last_activity = "idle", utcnow()

    def notify_connect(self, kernel_id: str) -> None:
        """A page looks at this kernel."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        self.seen.add(kernel_id)
        self.alone.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page was left, or lost its connection."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self.alone[kernel_id] = self.clock()
            kernel: Any = self.get_kernel(kernel_id)
            kernel.last_activity = utcnow()

    async def look(self) -> None:
        """End the kernels that nobody needs, and forget those that died."""
        now = self.clock()
        late = [kernel for kernel, since in self.alone.items() if now - since > self.waits(kernel)]
        dead = [kernel for kernel in list(self._kernels) if not await self.lives(kernel)]
        await asyncio.gather(*(self.shutdown_kernel(kernel) for kernel in {*late, *dead}), return_exceptions=True)

    async def lives(self, kernel: str) -> bool:
        """Whether its process still runs."""
        held: Any = self.get_kernel(kernel)
        return bool(await held.is_alive())

    def waits(self, kernel: str) -> float:
        """How long a kernel stays alone, in seconds; an ordinary one may still be running its notebook's cells."""
        held: Any = self.get_kernel(kernel)
        if kernel in self.seen:
            return self.away_seconds
        return self.unseen_seconds if held.template else max(self.unseen_seconds, RUNNING_SECONDS)

    async def shutdown_kernel(self, kernel_id: str, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        """End a kernel; a visitor's at once, because what counts is not in it."""
        kernel: Any = self.get_kernel(kernel_id)
        forked = kernel.template is not None
        await super().shutdown_kernel(kernel_id, now=now or forked, restart=restart)  # type: ignore[no-untyped-call]

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel."""
        self.alone.pop(kernel_id, None)
        self.seen.discard(kernel_id)
        return super().remove_kernel(kernel_id)
