"""Warm kernels: one process imports the libraries, every kernel is a fork of it. For any Jupyter; see docs/kernels.md.

Nothing here knows the rest of the kit. Importing this package imports none of Jupyter.
"""

import os
from pathlib import Path

NAME = "kit-warm"


def fork_exists() -> bool:
    """Whether this system can fork; where it cannot, the ordinary kernel and papermill's own engine run instead."""
    return hasattr(os, "fork")


def state() -> tuple[bool, str]:
    """Whether this computer can have warm kernels; and which kernels it has, in words for people."""
    if not fork_exists():
        return False, "thường / ordinary: hệ điều hành này không có fork / this system has no fork"
    from jupyter_core.paths import jupyter_path

    if any((Path(folder) / NAME / "kernel.json").is_file() for folder in jupyter_path("kernels")):
        return True, f"{NAME} (fork)"
    return False, f"thường / ordinary: jupyter kernelspec install --sys-prefix {Path(__file__).parent / NAME}"


__all__ = ["NAME", "fork_exists", "state"]
