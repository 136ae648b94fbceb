"""Seats for organisations by the training rule: a base for each, special seats, the rest by largest remainder.

The method follows the criteria of 2025 (a number for each organisation, members, special posts, members ex officio);
the arithmetic is a training value of `datasets/party.yaml`, not law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kit.plain_text import Order, vietnamese_order

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Frame:
    """Seats in all, those of members ex officio, the base of each organisation, the special seats by organisation."""

    total: int
    ex_officio: int
    base: int
    special: Numbers

    @property
    def elected(self) -> int:
        """The seats that the organisations elect."""
        return self.total - self.ex_officio

    def rest(self, organisations: int) -> int:
        """The seats that are left for members, when each organisation has its base and special seats are kept."""
        return self.elected - self.base * organisations - sum(self.special.values())


@dataclass(frozen=True)
class Shares:
    """The seats of each organisation, and how they came about: whole quotas, what was left of each, who got one more.

    `remainders` are numerators over `divisor`, the members of all organisations; `order` is that of handing out.
    """

    seats: dict[str, int]
    floors: dict[str, int]
    remainders: dict[str, int]
    divisor: int
    order: tuple[str, ...]
    handed_out: int


def apportion(frame: Frame, members: Numbers, names: Mapping[str, str]) -> Shares:
    """Seats by organisation; equal remainders go by more members, then by name in Vietnamese order.

    Raises ValueError where no seat is left for members, or nobody is a member.
    """
    rest, divisor = frame.rest(len(members)), sum(members.values())
    if rest < 0 or divisor <= 0:
        raise ValueError(f"{rest} seats left for {divisor} members")
    parts = {one: divmod(rest * count, divisor) for one, count in members.items()}
    order = sorted(members, key=lambda one: (-parts[one][1], -members[one], _name_order(names[one])))
    left = rest - sum(whole for whole, _ in parts.values())
    more = set(order[:left])
    seats = {one: frame.base + frame.special.get(one, 0) + parts[one][0] + (one in more) for one in members}
    floors, remainders = ({one: part[place] for one, part in parts.items()} for place in (0, 1))
    return Shares(seats, floors, remainders, divisor, tuple(order), left)


@lru_cache(maxsize=1_000)
def _name_order(name: str) -> Order:
    return vietnamese_order(name)


def rounded(frame: Frame, members: Numbers) -> dict[str, int]:
    """What rounding each quota to the nearest gives, halves up: the sum may miss, which is the trap of this way."""
    rest, divisor = frame.rest(len(members)), sum(members.values())
    return {one: frame.base + frame.special.get(one, 0) + (2 * rest * count + divisor) // (2 * divisor)
            for one, count in members.items()}  # fmt: skip
