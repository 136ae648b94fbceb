"""The fonts that the tests' browser sees on any Linux: the DejaVu of matplotlib, as wide as fonts are at most."""

from pathlib import Path

import matplotlib

SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  {preferred}
</fontconfig>
"""
PREFERRED = "<alias><family>{kind}</family><prefer><family>DejaVu {name}</family></prefer></alias>"
KINDS = {"sans-serif": "Sans", "serif": "Serif", "monospace": "Sans Mono"}


def only_wide_fonts(folder: Path) -> dict[str, str]:
    """The variables of a process that sees no other fonts; writes their settings into the folder."""
    preferred = "\n  ".join(PREFERRED.format(kind=kind, name=name) for kind, name in KINDS.items())
    settings = folder / "fonts.conf"
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    settings.write_text(SETTINGS.format(folder=fonts, preferred=preferred), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(settings)}
