"""The synthetic commune. Only `draw_world` and what it needs load pandas and Arrow."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.world.draw import World, draw_world

__all__ = ["World", "draw_world"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kit.world' has no attribute {name!r}")
    from kit.world import draw

    return getattr(draw, name)
