"""The provisioner that Jupyter finds by its entry point: kernels forked from a zygote instead of started anew."""

import asyncio
import os
import subprocess
import time
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Float, List, Unicode

from kit.kernels import fork_exists
from kit.kernels.zygote import ForkedProcess, NotForked, zygote

# What every kernel imports at its start; `libraries` in kernel.json names the user's own.
KERNEL = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib", "IPython.core.debugger",
    "IPython.core.oinspect", "IPython.extensions.storemagic", "tornado.platform.asyncio", "psutil", "sqlite3",
)  # fmt: skip
UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments", "independent"}


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork, and as an ordinary process where that is not possible; the log says why."""

    libraries = List(Unicode(), help="Modules that the zygote imports once for all kernels").tag(config=True)
    patience = Float(60.0, help="Seconds to wait for a fork, the zygote's first imports included").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel for this command line; the ordinary kernel where no fork can be had."""
        try:
            files = _files(cmd, kwargs)
            forked = await self._forked(cmd, kwargs, files)
        except NotForked as reason:
            self.log.warning("kit-warm: %s: starting an ordinary kernel instead", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked  # type: ignore[assignment]
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    async def _forked(self, cmd: list[str], kwargs: dict[str, Any], files: list[int]) -> ForkedProcess:
        details = {
            "env": dict(kwargs.get("env") or os.environ), "cwd": str(kwargs.get("cwd") or os.getcwd()),
            "program": cmd[2], "arguments": cmd[3:],
        }  # fmt: skip
        try:
            forked = zygote([*KERNEL, *self.libraries]).fork("kernel", details, files)
        finally:
            os.close(files[0])
        limit = time.monotonic() + self.patience
        while not forked.started(0):
            if time.monotonic() > limit:
                forked.close()
                raise NotForked(f"no fork within {self.patience:g} s")
            await asyncio.sleep(0.005)
        return forked

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the fork, too."""
        if isinstance(self.process, ForkedProcess):
            self.process.close()  # type: ignore[unreachable]
        await super().cleanup(restart)


def _files(cmd: list[str], kwargs: dict[str, Any]) -> list[int]:
    """Standard input, output and error of the kernel; raises `NotForked` for what only a new process can do."""
    strange = set(kwargs) - UNDERSTOOD
    if not fork_exists():
        raise NotForked("this system cannot fork")
    if cmd[1:3] != ["-m", "ipykernel_launcher"] or strange or kwargs.get("independent"):
        raise NotForked(f"a kernel with {', '.join(sorted(strange)) or 'another command'}")
    out, err = (_number(kwargs.get(name), usual) for name, usual in (("stdout", 1), ("stderr", 2)))
    return [os.open(os.devnull, os.O_RDONLY), out, err]


def _number(file: Any, usual: int) -> int:
    if file is None:
        return usual
    number = file if isinstance(file, int) else file.fileno()
    if number < 0:  # PIPE, DEVNULL, STDOUT
        raise NotForked(f"a kernel with output {subprocess.list2cmdline([str(number)])}")
    return int(number)
