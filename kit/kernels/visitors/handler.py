"""The answer to a visitor: the page that is ready, and a kernel forked for it; or a page that asks to wait."""

import asyncio
import os

import tornado.web
from jinja2 import TemplateNotFound
from tornado.httputil import split_host_and_port
from voila import __version__
from voila.tornado.handler import TornadoVoilaHandler

from kit.kernels.visitors.templates import Ready, Templates
from kit.kernels.zygote import NotForked

FRESH = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
FULL = "full.html"
RETRY_SECONDS = 20
DYING_SECONDS = 0.1


class VisitorHandler(TornadoVoilaHandler):  # type: ignore[misc]
    """As Voila's, with a template kernel for the notebooks that ask for one and a limit for all."""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Show a notebook to a visitor."""
        if not await self.kernel_manager.room():
            self.refuse()
            return
        try:
            await self.show(path)
        finally:
            self.kernel_manager.arrived()

    async def show(self, path: str | None) -> None:
        """Show it to a visitor for whom there is room."""
        notebook = "" if self.notebook_path and path else str(self.notebook_path or path or "")
        ready = await self.ready(notebook)
        if ready and ready.template and ready.page:
            await self.receive(ready, notebook)
        else:
            await super().get(path)

    async def ready(self, notebook: str) -> Ready | None:
        """The template of a notebook; None for what is no notebook."""
        if not notebook.endswith(".ipynb"):
            return None
        templates: Templates = self.settings["visitor_templates"]
        return await templates.of(notebook)

    async def receive(self, ready: Ready, notebook: str) -> None:
        """Send the head, fork the kernel, send the rest; from a new template where this one dies just now."""
        for name, value in FRESH.items():
            self.set_header(name, value)
        self.write(ready.page.head if ready.page else "")
        await self.flush()
        try:
            kernel = await self.forked(ready, notebook)
        except NotForked as reason:
            again = await self.revived(ready, notebook)
            if again is None:
                self.log.error("visitor: %s", reason)
                self.finish(self.full())
                return
            ready, kernel = again, await self.forked(again, notebook)
        self.finish(ready.page.rest(kernel) if ready.page else "")

    async def forked(self, ready: Ready, notebook: str) -> str:
        """A kernel for this visitor; raises `NotForked`."""
        about = {"kernel_name": "python3", "path": os.path.dirname(notebook), "env": self.surroundings()}
        return str(await self.kernel_manager.start_kernel(template=ready.template, **about))

    async def revived(self, ready: Ready, notebook: str) -> Ready | None:
        """The template that took the place of one that died; None when it did not die."""
        await asyncio.sleep(DYING_SECONDS)
        if ready.template and ready.template.alive():
            return None
        again = await self.ready(notebook)
        return again if again and again.template else None

    def refuse(self) -> None:
        """A page that asks to come back later."""
        self.set_status(503)
        self.set_header("Retry-After", str(RETRY_SECONDS))
        self.finish(self.full())

    def full(self) -> str:
        """The template's page `full.html`; a sentence where it has none."""
        try:
            return str(self.render_template(FULL, base_url=self.base_url, retry=RETRY_SECONDS))
        except TemplateNotFound:
            return f"<!DOCTYPE html><p>The server is full. Please try again in {RETRY_SECONDS} seconds.</p>"

    def surroundings(self) -> dict[str, str]:
        """The kernel's environment: what Voila tells of a request."""
        host, port = split_host_and_port(self.request.host.lower())
        wanted = {name.lower() for name in self.voila_configuration.http_header_envs}
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value
                   for name, value in self.request.headers.items() if name.lower() in wanted}  # fmt: skip
        return {
            **os.environ, "SCRIPT_NAME": self.request.path, "PATH_INFO": "", "QUERY_STRING": str(self.request.query),
            "SERVER_SOFTWARE": f"voila/{__version__}", "SERVER_PROTOCOL": str(self.request.version),
            "SERVER_PORT": str(port or ""), "SERVER_NAME": host, **headers, "VOILA_PREHEAT": "False",
            "VOILA_BASE_URL": self.base_url, "VOILA_SERVER_URL": self.settings.get("server_url", "/"),
            "VOILA_REQUEST_URL": self.request.full_url(), "VOILA_APP_PORT": str(port or ""),
        }  # fmt: skip
