"""The province's page: how ready each unit is for each situation.

`overview_of` makes a session's figures from its logs; the page reads those alone: no log, no key, no name.
"""

from typing import TYPE_CHECKING, Any

from kit.province.overview import Overview, read_overview, write_overview
from kit.province.page import now, open_province

if TYPE_CHECKING:
    from kit.province.gathering import overview_of as overview_of

__all__ = ["Overview", "now", "open_province", "overview_of", "read_overview", "write_overview"]


def __getattr__(name: str) -> Any:
    """What makes the figures is loaded by whoever makes them, not by the page."""
    if name != "overview_of":
        raise AttributeError(name)
    from kit.province.gathering import overview_of

    return overview_of
