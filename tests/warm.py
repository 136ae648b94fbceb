"""Warm kernels for tests: the kit's kernelspec with few libraries, so that a zygote is ready soon."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

KERNELS = Path(__file__).resolve().parents[1] / "kit" / "kernels"


def spec_in(folder: Path, *libraries: str) -> Path:
    """A folder of kernelspecs with `kit-warm`, whose zygote imports only these libraries."""
    spec = json.loads((KERNELS / "kit-warm" / "kernel.json").read_text(encoding="utf-8"))
    spec["metadata"]["kernel_provisioner"]["config"]["libraries"] = list(libraries)
    (folder / "kit-warm").mkdir(parents=True)
    (folder / "kit-warm" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder


class Kernel:
    """A kernel with its manager and client, as a server has them."""

    def __init__(self, folder: Path, **given: Any) -> None:
        self.manager = KernelManager(
            kernel_name="kit-warm", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(folder)])
        )
        self.manager.start_kernel(**given)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def process(self) -> Any:
        """What the provisioner holds: a fork, or an ordinary process."""
        return self.manager.provisioner.process

    def __call__(self, code: str, seconds: float = 60) -> str:
        """Run code; what it printed, or the name of its error."""
        printed: list[str] = []
        reply = self.client.execute_interactive(
            code, timeout=seconds, output_hook=lambda message: printed.append(message["content"].get("text", ""))
        )
        return reply["content"].get("ename") or "".join(printed).strip()

    def end(self) -> None:
        """Shut down as a server does."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def soon(true: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something becomes true in time; it is not asked again once it was."""
    limit = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < limit:
        time.sleep(0.02)
    return found


def gone(pid: int) -> bool:
    """Whether a process is no more, not even as a zombie."""
    return not psutil.pid_exists(pid)


def open_files(pid: int) -> int:
    """How many files a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))
