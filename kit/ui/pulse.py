"""The desk's pulse: about once a second it looks whether others did or ordered anything, until the kernel ends."""

import asyncio
import logging
from collections.abc import Callable

SECOND = 1.0


class Pulse:
    """Calls `look` again and again on the kernel's own loop, between clicks and never beside one."""

    def __init__(self, look: Callable[[], object], log: logging.Logger, every: float = SECOND) -> None:
        self.look, self.log, self.every = look, log, every
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, once; nothing happens where no loop runs, as in a script. To be called after a visitor's fork."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self.task is None or self.task.done():
            self.task = loop.create_task(self._beat())

    def stop(self) -> None:
        """No more looks."""
        if self.task:
            self.task.cancel()
        self.task = None

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.every)
            try:
                self.look()
            except Exception:  # one look that fails must not end the others
                self.log.exception("pulse")
