"""Where exercises, reference data and the kit's own output are, whatever folder a notebook runs in."""

import os
from pathlib import Path

from kit.errors import WrongUse

PRACTICE = "practice"  # the session that `kit rehearse` prepares
MARK = Path("datasets") / "units.csv"
BUNDLE = Path("manifest.json")  # what a published bundle has instead


def home() -> Path:
    """The project's or a bundle's folder: KIT_HOME if set, else the nearest above the current folder or the package.

    Raises WrongUse when none of them holds `datasets/units.csv`, or a bundle's manifest where KIT_HOME names it.
    """
    named = os.environ.get("KIT_HOME", "")
    if named:
        return _checked(Path(named).expanduser().resolve())
    return _above(Path.cwd()) or _above(Path(__file__).resolve().parent) or _checked(Path.cwd())


def exercises() -> Path:
    """The folder with one folder per exercise."""
    return home() / "exercises"


def datasets() -> Path:
    """The folder with the committed reference data."""
    return home() / "datasets"


def notebooks() -> Path:
    """The folder with the notebooks."""
    return home() / "notebooks"


def build() -> Path:
    """The folder for everything that can be made again; made when missing."""
    return _writable("build")


def sessions() -> Path:
    """The folder for attempts and training sessions, which cannot be made again; made when missing."""
    return _writable("sessions")


def _above(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / MARK).is_file()), None)


def _checked(folder: Path) -> Path:
    if (folder / MARK).is_file() or (folder / BUNDLE).is_file():
        return folder
    raise WrongUse(
        f"{folder} không phải thư mục của bộ diễn tập: không có {MARK}. Hãy đặt biến KIT_HOME.",
        f"{folder} is not the folder of the rehearsal kit: it has no {MARK}. Set KIT_HOME.",
    )


def _writable(name: str) -> Path:
    named = os.environ.get("KIT_STATE", "")  # a bundle is read-only: what it writes goes elsewhere
    folder = (Path(named).expanduser().resolve() if named else home()) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
