"""What the zygote hands to a fork."""

from dataclasses import dataclass, field
from typing import Any

from kit.kernels.wire import Channel, Json


@dataclass(frozen=True)
class Birth:
    """What a fork has to do: the task, its details, its line to the owner and the open files that came along."""

    task: str
    details: Json
    line: Channel
    files: list[int]
    shared: list[Any] = field(default_factory=list)
