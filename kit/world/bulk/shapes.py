"""Shapes of households: who lives in each of the eight places, and who is whose parent or spouse.

Places of a household: 0 man, 1 woman, 2 and 3 the parents of the man (of a lone woman: hers), 4-7 children from
the eldest down.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers

PLACES = 8
MAN, WOMAN, ELDER_MAN, ELDER_WOMAN, FIRST_CHILD = range(5)
SEXES = ("male", "female")
BY_LOT = 2  # the sex of a child
RELATIONS = ("head", "spouse", "parent", "child", "foster_child")
MARITAL = ("single", "married", "widowed", "divorced")
HIS_LINE, HER_LINE, IN_LAW_LINE = range(3)
NOBODY = -1
VARIANTS = 4  # + 1 when the wife is the head, + 2 when the eldest child is a foster child

Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Shapes:
    """Tables with one row for each variant of each shape (variant-major) and one column for each place.

    `present` has one 64-bit word for each row: eight flags.
    `father`, `mother` and `spouse` count rows from the household's first row, or are NOBODY.
    """

    kinds: list[str]
    children: Integers
    size: Integers
    has_man: Flags
    has_woman: Flags
    unmarried: Integers
    widowed: Integers
    present: Integers
    sex: Integers
    relation: Integers
    marital: Integers
    line: Integers
    father: Integers
    mother: Integers
    spouse: Integers

    @property
    def count(self) -> int:
        """How many shapes there are, without variants."""
        return len(self.kinds)


@cache
def shapes() -> Shapes:
    """The shapes of `household_types.csv`, and behind them each lone mother's with an unmarried mother instead, and
    each divorced adult's with a widowed one.
    """
    table = frozen("household_types")
    columns = [table.texts(name) for name in COLUMNS]
    declared = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]
    lone_mothers = [at for at, row in enumerate(declared) if _is_lone_mother(row)]
    divorced = [at for at, row in enumerate(declared) if row["marital"] == "divorced"]
    every = declared + [declared[at] | {"marital": "single"} for at in lone_mothers]
    every += [declared[at] | {"marital": "widowed"} for at in divorced]
    places = [_household(row, variant) for variant in range(VARIANTS) for row in every]
    present = np.array([[place is not None for place in household] for household in places])
    return Shapes(
        kinds=[row["kind"] for row in every],
        children=np.array([int(row["children"]) for row in every], dtype=np.int32),
        unmarried=_instead(len(every), lone_mothers, len(declared)),
        widowed=_instead(len(every), divorced, len(every) - len(divorced)),
        present=present.view(np.int64).ravel(),
        size=present[: len(every)].sum(axis=1, dtype=np.int32),
        has_man=present[: len(every), MAN].copy(),
        has_woman=present[: len(every), WOMAN].copy(),
        **{name: _table(places, name) for name in PLACE},
    )


COLUMNS = ("kind", "man", "woman", "elder_man", "elder_woman", "children", "marital")
PLACE = ("sex", "relation", "marital", "line", "father", "mother", "spouse")
Place = dict[str, int]


def _instead(count: int, rows: list[int], first: int) -> Integers:
    """For each shape itself; for those in `rows` the shapes from `first` on, one by one."""
    found: Integers = np.arange(count, dtype=np.int16)
    found[rows] = first + np.arange(len(rows))
    return found


def _is_lone_mother(row: Row) -> bool:
    return row["man"] == "0" and row["woman"] == "1" and row["children"] != "0"


def _table(households: list[list[Place | None]], name: str) -> Integers:
    return np.array([[place[name] if place else 0 for place in household] for household in households], dtype=np.int8)


def _household(row: Row, variant: int) -> list[Place | None]:
    """The eight places of one variant of a shape; None where nobody is."""
    lives = [row[name] == "1" for name in COLUMNS[1:5]] + [int(row["children"]) > at for at in range(4)]
    rows = [sum(lives[:at]) if lives[at] else NOBODY for at in range(PLACES)]
    places: list[Place | None] = [None] * PLACES
    for at in (at for at in range(PLACES) if lives[at]):
        foster = at == FIRST_CHILD and variant >= 2
        places[at] = {
            "sex": BY_LOT if at >= FIRST_CHILD else at % 2,
            "relation": RELATIONS.index("foster_child" if foster else _relation(rows, at, variant % 2 == 1)),
            "marital": MARITAL.index(_marital(row, rows, at)),
            "line": _line(row, rows, at),
            **(_nobody() if foster else _kin(rows, at)),
        }
    return places


def _relation(rows: list[int], at: int, wife_is_head: bool) -> str:
    if at >= FIRST_CHILD:
        return "child"
    if at in (ELDER_MAN, ELDER_WOMAN):
        return "parent"
    alone = NOBODY in (rows[MAN], rows[WOMAN])
    return "head" if alone or (at == WOMAN) == wife_is_head else "spouse"


def _marital(row: Row, rows: list[int], at: int) -> str:
    if at >= FIRST_CHILD:
        return "single"
    if rows[at ^ 1] != NOBODY:
        return "married"
    return "widowed" if at in (ELDER_MAN, ELDER_WOMAN) else row["marital"]


def _line(row: Row, rows: list[int], at: int) -> int:
    """Whose surname, ethnicity and origin: children have their father's, those of an unmarried mother hers."""
    lone_woman = rows[MAN] == NOBODY
    if at == ELDER_WOMAN:
        return IN_LAW_LINE
    if at == WOMAN or (at == ELDER_MAN and lone_woman):
        return HER_LINE
    return HER_LINE if at >= FIRST_CHILD and lone_woman and row["marital"] == "single" else HIS_LINE


def _nobody() -> Place:
    return {"father": NOBODY, "mother": NOBODY, "spouse": NOBODY}


def _kin(rows: list[int], at: int) -> Place:
    if at >= FIRST_CHILD:
        return {"father": rows[MAN], "mother": rows[WOMAN], "spouse": NOBODY}
    if at in (ELDER_MAN, ELDER_WOMAN):
        return {"father": NOBODY, "mother": NOBODY, "spouse": rows[at ^ 1]}
    has_parents = at == MAN or rows[MAN] == NOBODY
    parents = {"father": rows[ELDER_MAN], "mother": rows[ELDER_WOMAN]} if has_parents else _nobody()
    return parents | {"spouse": rows[at ^ 1]}
