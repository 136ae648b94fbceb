"""The template kernels of a server: one for each notebook that asks, made anew when a file changes that it read."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from kit.kernels import fork_exists
from kit.kernels.visitors.page import Drawing, Page
from kit.kernels.visitors.template import Template, Told
from kit.kernels.zygote import NotForked

ASKED = "template_kernel"  # in a notebook's metadata: true, or {"libraries": [...]} to import ahead
Stamp = tuple[tuple[str, int], ...]
Draw = Callable[[str], Awaitable[Drawing]]


@dataclass
class Ready:
    """A template kernel, its page, and the state of the files it was made from; without a process: never again so."""

    stamp: Stamp
    template: Template | None = None
    page: Page | None = None
    looked: float = 0.0
    files: list[str] = field(default_factory=list)

    def current(self, now: float, pause: float) -> bool:
        """Whether its process lives and no file has changed; files are looked at once in a while."""
        if self.template is not None and not self.template.alive():
            return False
        if now - self.looked < pause:
            return True
        self.looked = now
        return stamp(self.files) == self.stamp


class Templates:
    """All of them, by notebook; `draw` loads a notebook and renders its page, `warn` gets what people should know."""

    def __init__(self, draw: Draw, warn: Callable[[str], None], patience: float = 120.0, pause: float = 1.0) -> None:
        self.draw, self.warn, self.patience, self.pause = draw, warn, patience, pause
        self.known: dict[str, Ready] = {}
        self.old: list[Template] = []
        self.learning: list[Template] = []
        self.making: dict[str, asyncio.Lock] = {}

    async def of(self, path: str) -> Ready:
        """The template of a notebook, made when there is none or when it is out of date."""
        async with self.making.setdefault(path, asyncio.Lock()):
            known = self.known.get(path)
            if known is None or not known.current(time.monotonic(), self.pause):
                if known and known.template:
                    self.old.append(known.template)  # its visitors stay
                known = self.known[path] = await self.make(path, await self.draw(path))
            return known

    async def make(self, path: str, drawing: Drawing) -> Ready:
        """Run the notebook's cells in a new template and render its page; the reason why not goes into the log."""
        notebook = drawing.renderer.notebook
        asked = notebook.metadata.get(ASKED)
        plain = Ready(stamp([drawing.file]), files=[drawing.file], looked=time.monotonic())
        if not asked or not fork_exists():
            return plain
        libraries = asked.get("libraries", []) if isinstance(asked, dict) else []
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        template = Template(cells, os.path.dirname(drawing.file), tuple(libraries))
        self.learning.append(template)
        try:
            told = await asyncio.get_running_loop().run_in_executor(None, self.learn, template)
        except NotForked as reason:
            template.close()
            self.warn(f"{path}: {reason}: every visitor gets an ordinary kernel")
            return plain
        finally:
            self.learning.remove(template)
        files = [drawing.file, *told.files]
        drawing.renderer.outputs = told.outputs
        page = Page.of(await drawing.renderer.generate_content_str())
        return Ready(stamp(files), template, page, time.monotonic(), files)

    def learn(self, template: Template) -> Told:
        """What the template says; raises `NotForked` where nobody can be forked from it."""
        told = template.told(self.patience)
        if told.problem or told.hazards:
            raise NotForked(told.problem or "unsafe to fork: " + ", ".join(told.hazards))
        return told

    def tidy(self, used: set[Template | None]) -> None:
        """End the templates that are out of date and whose visitors have gone."""
        for template in [one for one in self.old if one not in used]:
            self.old.remove(template)
            template.close()

    def close(self) -> None:
        """End all, with every visitor."""
        for template in self.learning:
            template.process.kill()
        known = [ready.template for ready in self.known.values() if ready.template is not None]
        for template in [*self.old, *known]:
            template.close()


def stamp(files: list[str]) -> Stamp:
    """When these files were last changed; 0 for those that are gone."""
    return tuple((name, _changed(name)) for name in files)


def _changed(name: str) -> int:
    try:
        return os.stat(name).st_mtime_ns
    except OSError:
        return 0
