"""A folder that is either whole or not there: written aside, then renamed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from kit.errors import WrongUse, cannot_write

READABLE = 0o755
TRIES = 25
MEGABYTE = 1_000_000


@contextmanager
def whole_folder(folder: Path, needed: int = 0, *, instead: bool = False) -> Iterator[Path]:
    """Yields a folder beside `folder` that takes its name in the end; after any error, Ctrl+C too, nothing is left.

    needed: bytes that will be written, about. instead: what is there already stays until the end and then goes.
    Raises WrongUse for a folder that is not empty, for one that cannot be written and for a disk that is or becomes
    full.
    """
    if not instead and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} đã có dữ liệu; hãy chọn thư mục mới.", f"{folder} is not empty; choose a new folder.")
    with _explained(folder):
        made = _missing(folder.parent)
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            _room(folder.parent, needed)
            yield from _aside(folder)
        except BaseException:
            with suppress(OSError):
                for parent in made:
                    parent.rmdir()
            raise


def _aside(folder: Path) -> Iterator[Path]:
    aside = Path(tempfile.mkdtemp(prefix=".kit-world-", dir=folder.parent))
    try:
        yield aside
        aside.chmod(READABLE)
        _take_place(aside, folder)
    except BaseException:
        _remove(aside)
        raise


def _take_place(aside: Path, folder: Path) -> None:
    """Rename a folder to another's name; the other comes back where that fails."""
    old = aside.with_name(f"{aside.name}-old")
    try:
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    _remove(old)


def _remove(folder: Path) -> None:
    """Again while a worker that has not heard of the end still makes files in it."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        sleep(0.2)


def _missing(parent: Path) -> list[Path]:
    """The folders that have to be made, the innermost first."""
    return [one for one in (parent, *parent.parents) if not one.exists()]


def _room(parent: Path, needed: int) -> None:
    free = shutil.disk_usage(parent).free
    if needed > free:
        sizes = f"{needed / MEGABYTE:.1f} MB > {free / MEGABYTE:.1f} MB"
        raise WrongUse(
            f"Không đủ chỗ trên đĩa cho {parent}: {sizes}.", f"Not enough room on the disk of {parent}: {sizes}."
        )


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(folder, error) from error
