"""Visitors of a Voila page: each one's kernel is forked from a template kernel that has run the notebook already.

A notebook says what must wait until somebody has come:

    from kit.kernels.visitors import on_arrival

    page = VBox()                         # before: imports, style, layout; the same for everybody
    on_arrival(lambda: furnish(page))     # after: QUERY_STRING, database, random numbers, the time
    page

Under any other kernel the callback runs at once, so that the notebook works unchanged in JupyterLab and plain Voila.
Importing this package imports nothing of Jupyter.
"""

from collections.abc import Callable

Callback = Callable[[], object]

_waiting: list[Callback] | None = None  # a list while this process is a template


def on_arrival(callback: Callback) -> None:
    """Run the callback when a visitor comes: in a template kernel after the fork, anywhere else now.

    It changes widgets that exist, or puts new ones into them; what it prints or displays reaches no cell.
    """
    if _waiting is None:
        callback()
    else:
        _waiting.append(callback)


def expect() -> None:
    """From now on this process is a template: callbacks wait."""
    global _waiting
    _waiting = []


def welcome() -> None:
    """Somebody has come: run what waits, in order; later callbacks run at once."""
    global _waiting
    waiting, _waiting = _waiting or [], None
    for callback in waiting:
        callback()


__all__ = ["expect", "on_arrival", "welcome"]
