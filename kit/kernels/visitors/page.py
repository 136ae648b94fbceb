"""A notebook's page, rendered once for all visitors of a template kernel."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from kit.kernels.visitors.static import RELEASE
from kit.kernels.wire import Json

PLACE = "00000000-kit0-kit0-kit0-000000000000"  # where a page names its kernel: as long as a kernel's id, and no id
HEAD_END = "</head>"


@dataclass(frozen=True)
class Page:
    """What everybody gets, and around which places the id of the visitor's kernel stands."""

    head: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> "Page":
        """The page of a rendered template; the head is what a browser can begin with before the kernel exists."""
        cut = html.index(HEAD_END) + len(HEAD_END)
        if PLACE in html[:cut]:
            cut = 0
        return cls(html[:cut], tuple(html[cut:].split(PLACE)))

    def rest(self, kernel: str) -> str:
        """All after the head, for one visitor."""
        return kernel.join(self.parts)


class TemplateRenderer(NotebookRenderer):  # type: ignore[misc]
    """Voila's renderer with outputs that exist already, and no kernel."""

    outputs: list[list[Json]]

    async def _jinja_kernel_start(self, nb: Any, kernel_id: Any, kernel_future: Any) -> str:
        return PLACE

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator[Any]:
        outputs = iter(self.outputs)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = next(outputs)
            yield cell


@dataclass(frozen=True)
class Drawing:
    """What renders a notebook: Voila's renderer, with the notebook loaded, and the notebook's file."""

    renderer: Any
    file: str


async def drawing(app: Any, notebook: str) -> Drawing:
    """The renderer for a notebook of a Voila app, as Voila's own handler makes it."""
    about = {"base_url": app.base_url, "voila_configuration": app.voila_configuration}
    config = get_page_config(settings=app.app.settings, log=app.log, **about)
    config["fullStaticUrl"] = f"{config['fullStaticUrl']}/{RELEASE}"
    renderer = TemplateRenderer(
        notebook_path=notebook, page_config=config, traitlet_config=app.config, template_paths=app.template_paths,
        config_manager=app.config_manager, contents_manager=app.contents_manager,
        kernel_spec_manager=app.kernel_spec_manager, mathjax_config=app.mathjax_config, mathjax_url=app.mathjax_url,
        **about,
    )  # fmt: skip
    await renderer.initialize(template=None, theme=None)
    return Drawing(renderer, os.path.join(app.root_dir, notebook))
