"""JupyterHub for a bundle: its configuration, and Helm values for many machines."""

import json
from pathlib import Path
from typing import Any

import jinja2

from kit import home
from kit.publish import code_parts, content, manifest, requirements

Json = dict[str, Any]
TEMPLATES = Path(__file__).resolve().parent / "deploy" / "hub"
ROOT = "kit.publish.hub_user"


def add_hub(out: Path) -> Json:
    """Write `hub/` into a bundle and list it; returns the manifest's new digest.

    The hub's code comes along, and what it needs is among the libraries to install.
    """
    about = {name: value for name, value in manifest.read(out).items() if name not in ("files", "format")}
    shelf = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined,
                               keep_trailing_newline=True, autoescape=False)  # fmt: skip
    people = json.loads((out / content.PEOPLE).read_text(encoding="utf-8"))
    (out / "hub").mkdir(exist_ok=True)
    for file in sorted(TEMPLATES.glob("*.tpl")):
        text = shelf.get_template(file.name).render(about, codes=[one["code"].lower() for one in people])
        (out / "hub" / file.name.removesuffix(".tpl")).write_text(text, encoding="utf-8")
    found = code_parts.modules((*code_parts.ROOTS, ROOT))
    for module in found.values():
        target = out / module.relative_to(code_parts.PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(module.read_bytes())
    needed = requirements.needed(code_parts.libraries(found), home.home() / "requirements.lock")
    (out / "requirements.txt").write_text(needed, encoding="utf-8")
    return {"manifest": manifest.write(out, about), "files": len(manifest.files(out))}
