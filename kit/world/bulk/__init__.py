"""The synthetic commune at the scale of a province or the country: whole columns at a time, as Arrow tables.

`draw(region, seed, day, span)` gives households and citizens; `content_hash` names what they say, `check` holds
them against the declared tables, `describe` tells what each column means.
"""

from kit.world.bulk.check import Report, check
from kit.world.bulk.content import content_hash
from kit.world.bulk.drawing import draw
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.frames import to_pandas, with_homes
from kit.world.bulk.frozen import identity
from kit.world.bulk.region import Region
from kit.world.bulk.schema import describe
from kit.world.bulk.tables import draw_affairs, draw_offices

__all__ = [
    "EdgeCases",
    "Region",
    "Report",
    "check",
    "content_hash",
    "describe",
    "draw",
    "draw_affairs",
    "draw_offices",
    "identity",
    "to_pandas",
    "with_homes",
]
