"""Tables that the dossiers' columns are looked up in."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.applicants import GROUPS, WINDOW
from kit.world.bulk.dossier_times import share
from kit.world.bulk.frozen import frozen
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.region import PROVINCES
from kit.world.bulk.slots import slot_table

PER_HOME = 2
CHANNELS = ("counter", "online", "post")
ABOUT_A_CHILD = ("infant", "fatherless_infant", "foster", "fatherless")
SYSTEMS = ("H29", "H49", "H57")  # Ho Chi Minh City (page), Quang Ninh and Hue (memory): onestop.yaml


def _packed(texts: list[str]) -> Integers:
    return np.frombuffer("".join(texts).encode(), dtype="<u4")


@cache
def day_words(first: int, count: int) -> tuple[Integers, Integers]:
    """For each day its "-yym" and "mdd-"."""
    days = np.arange(first, first + count).astype("datetime64[D]").astype(str)
    short = [f"-{text[2:4]}{text[5:7]}{text[8:]}-" for text in days]
    return _packed([text[:4] for text in short]), _packed([text[4:] for text in short])


@cache
def systems() -> Integers:
    """ "H29." for each province."""
    return _packed([f"{system}." for system in SYSTEMS])


@cache
def desk_words() -> Integers:
    """ "6.04": a digit and a desk."""
    return _packed([f"{digit}.{desk:02}" for digit in range(10) for desk in range(100)])


@cache
def unit_digits() -> tuple[Integers, Integers]:
    """For each unit "99." and the last but one digit of its code; its last digit times a hundred."""
    codes = places(0).units.to_pylist()
    return _packed([f"99.{code[-2]}" for code in codes]), np.array(
        [int(code[-1]) * 100 for code in codes], dtype=np.int32
    )


@cache
def units_of_province() -> tuple[Integers, Integers, Integers]:
    """Units ordered by province, where each province begins, and how many it has."""
    table = frozen("places")
    order = places(0).units.to_pylist()
    pairs = sorted(
        {
            (PROVINCES.index(p), order.index(u))
            for p, u in zip(table.texts("province_code"), table.texts("unit_code"), strict=True)
        }
    )
    provinces, units = (np.array(side) for side in zip(*pairs, strict=True))
    counts = np.bincount(provinces, minlength=len(PROVINCES))
    return units, np.cumsum(counts) - counts, counts


@cache
def channel_table() -> Integers:
    """256 slots of channels for each procedure."""
    found = []
    for text in frozen("dossier_procedures").texts("channels"):
        offered = text.split()
        declared = {name: share(name) if name in offered else 0 for name in ("online", "post")}
        if "counter" in offered:
            declared["counter"] = 1_000 - sum(declared.values())
        found.append(slot_table(np.array([declared.get(name, 0) for name in CHANNELS]), 256))
    return np.concatenate(found).astype(np.int8)


@cache
def channels() -> pa.Array:
    """The words of the column."""
    return pa.array(CHANNELS)


@cache
def path_table() -> Integers:
    """Slots of dossier_paths.csv."""
    return slot_table(frozen("dossier_paths").integers("weight"))


@cache
def financial() -> Flags:
    """The procedures whose results wait for a payment."""
    return frozen("dossier_procedures").integers("financial").astype(bool)


@cache
def groups() -> Integers:
    """For each procedure its group of applicants."""
    return np.array([GROUPS.index(who) for who in frozen("dossier_procedures").texts("who")], dtype=np.int8)


@cache
def about_a_child() -> Flags:
    """The procedures that are about a child of the household."""
    return np.isin(frozen("dossier_procedures").texts("who"), ABOUT_A_CHILD)


@cache
def words(column: str) -> pa.Array:
    """A column of dossier_procedures.csv as the words of a dictionary."""
    return pa.array(frozen("dossier_procedures").texts(column))


@cache
def bodies() -> tuple[Integers, pa.Array]:
    """For each procedure the place of its competent body among the bodies."""
    texts = frozen("dossier_procedures").texts("body")
    words = list(dict.fromkeys(texts))
    return np.array([words.index(text) for text in texts], dtype=np.int8), pa.array(words)


@cache
def chance() -> int:
    """The 16-bit word below which a place for a dossier is used: 3.59 people of a household, 120 days."""
    return share("dossiers_a_day") * WINDOW * 359 * 65_536 // (100 * 1_000_000 * PER_HOME)
