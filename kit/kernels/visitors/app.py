"""Voila for many visitors: forked kernels, a limit, files sent compressed. Takes Voila's own options."""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets import Float
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from kit.kernels import fork_exists
from kit.kernels.visitors.handler import VisitorHandler
from kit.kernels.visitors.kernels import VisitorKernels
from kit.kernels.visitors.line import VisitorSocket
from kit.kernels.visitors.page import drawing
from kit.kernels.visitors.static import LIGHT
from kit.kernels.visitors.templates import Templates

# Sockets in a folder of the server's own instead of ports; a kernel that died is no use without its widgets.
USUAL = Config({"KernelManager": {"transport": "ipc", "autorestart": False} if fork_exists() else {}})


class VisitorVoila(Voila):  # type: ignore[misc]
    """The application; `python -m kit.kernels.visitors FOLDER_OR_NOTEBOOK [Voila's options]`."""

    tidy_seconds = Float(5.0, help="Seconds between two looks at templates that are out of date").tag(config=True)

    def initialize(self, argv: Any = None) -> None:
        """Read the options."""
        self.update_config(USUAL)
        super().initialize(argv)
        self.voila_configuration.multi_kernel_manager_class = VisitorKernels

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, and the templates, which are made at once."""
        self.templates = Templates(partial(drawing, self), self.log.warning)
        PeriodicCallback(self.tidy, 1000 * self.tidy_seconds).start()
        IOLoop.current().add_callback(self.prepare)
        return {**super().init_settings(), "visitor_templates": self.templates, "compress_response": True}

    async def prepare(self) -> None:
        """Make the template kernels before the first visitor comes."""
        root = Path(self.root_dir)
        for file in [Path(self.notebook_path)] if self.notebook_path else sorted(root.glob("*.ipynb")):
            with suppress(Exception):  # whoever opens the page learns what is wrong with the notebook
                await self.templates.of(os.path.relpath(file, root))

    def init_handlers(self) -> list[Any]:
        """Voila's handlers, with ours in the place of those that show notebooks."""
        ours = {TornadoVoilaHandler: VisitorHandler, VoilaKernelWebsocketHandler: VisitorSocket, **LIGHT}
        return [(pattern, ours.get(handler, handler), *rest) for pattern, handler, *rest in super().init_handlers()]

    def tidy(self) -> None:
        """End templates that nobody needs."""
        kernels = self.kernel_manager
        self.templates.tidy({kernels.get_kernel(one).template for one in kernels.list_kernel_ids()})

    def stop(self) -> None:
        """End everything."""
        super().stop()
        self.templates.close()


main = VisitorVoila.launch_instance
