"""One hub user's server: the published desk behind the hub's log-in, for that user alone."""

import os
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyterhub import __version__
from jupyterhub.singleuser.extension import JupyterHubIdentityProvider
from traitlets import Float

from kit.publish.hardening import as_options
from kit.publish.server import PublishedVoila
from kit.publish.starting import DESK, environment

FEW = 4  # windows of one person


class HubIdentity(JupyterHubIdentityProvider):  # type: ignore[misc]
    """The hub says who somebody is; Voila's own token is not used."""

    def __init__(self, **given: Any) -> None:
        given.pop("token", None)
        super().__init__(**given)


class HubVoila(PublishedVoila):
    """The published app; every page and every websocket asks the hub first. It ends when its user has gone."""

    empty_seconds = Float(1_800.0, help="Seconds without a page before the server ends itself").tag(config=True)

    def initialize(self, argv: Any = None) -> None:
        """Read the options."""
        self.identity_provider_class = HubIdentity
        super().initialize(argv)

    def init_settings(self) -> dict[str, Any]:
        """The hub compares versions."""
        self.left = time.monotonic()
        self.tornado_settings["headers"]["X-JupyterHub-Version"] = __version__
        return super().init_settings()

    def tidy(self) -> None:
        """End everything once nobody has had a page for a while; the hub sees it and starts anew when asked."""
        super().tidy()
        if self.kernel_manager.list_kernel_ids() or self.templates.learning:
            self.left = time.monotonic()
        elif time.monotonic() - self.left > self.empty_seconds:
            self.ioloop.stop()

    def init_handlers(self) -> list[Any]:
        """Voila leaves the log-in's own addresses without the user's prefix."""
        ours = {pattern for pattern, *_ in self.identity_provider.get_handlers()}
        return [(self.server_url.rstrip("/") + pattern if pattern in ours else pattern, *rest)
                for pattern, *rest in super().init_handlers()]  # fmt: skip


def command(around: "os._Environ[str] | dict[str, str]") -> list[str]:
    """The options for the place that the hub gave this user."""
    where = urlsplit(around["JUPYTERHUB_SERVICE_URL"])
    prefix = around["JUPYTERHUB_SERVICE_PREFIX"]
    return [str(Path(around["KIT_HOME"]) / DESK), "--no-browser", f"--port={where.port}", f"--base_url={prefix}",
            f"--Voila.ip={where.hostname}", f"--VisitorKernels.most={FEW}", *as_options()]  # fmt: skip


if __name__ == "__main__":
    os.umask(0o077)
    os.environ |= environment(os.environ, Path(os.environ["KIT_HOME"]), Path(os.environ["KIT_STATE"]))
    HubVoila.launch_instance([*command(os.environ), *sys.argv[1:]])
