"""Papers of a dossier as it was filed, and its fee."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.dossier_times import CLOSED, REFUSED, SUPPLEMENT
from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Columns
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.shapes import MARITAL, PLACES, shapes
from kit.world.bulk.stamps import known
from kit.world.bulk.texts import coded

FACTS = len(MARITAL)
HOLDS = {"parents_married": (1,), "divorced": (3,), "was_married": (2, 3)}  # indexes into MARITAL
SPREAD = 37  # odd: mixes the 256 draws differently for each paper


def papers(procedure: Integers, person: tuple[Integers, Integers], drawn: Integers, path: Integers) -> Columns:
    """`person`: template and place of the applicant, whose marital status decides about some papers."""
    fact = shapes().marital.ravel().take(person[0] * PLACES + person[1])
    combination = _combinations().take((procedure * FACTS + fact) * 256 + (drawn[6] >> 8))
    incomplete = (path == SUPPLEMENT) | (path == REFUSED) | (path == CLOSED)
    rows = np.flatnonzero(incomplete)
    missing = _missing().take(procedure.take(rows) * 256 + (drawn[6].take(rows) & 255))
    combination[rows] -= missing
    _, texts, words = _words()
    copies = 1 + ((drawn[7] & 255) * most_copies().take(procedure) >> 8)
    fee, is_known = _fees()
    return {
        "components": coded(texts.take(combination), words),
        "complete": pa.array(~incomplete),
        "copies": pa.array(copies.astype(np.int8)),
        "fee_vnd": known(fee.take(procedure) * copies, is_known.take(procedure)),
    }


@cache
def components() -> list[list[tuple[str, str, int]]]:
    """For each procedure its papers: id, when, per thousand; in the order of procedures.yaml."""
    table = frozen("dossier_components")
    columns = (table.texts("component"), table.texts("when"), table.integers("per_thousand").tolist())
    found: dict[str, list[tuple[str, str, int]]] = {code: [] for code in frozen("dossier_procedures").texts("code")}
    for code, *one in zip(table.texts("procedure"), *columns, strict=True):
        found[code].append((one[0], one[1], one[2]))
    return list(found.values())


@cache
def _combinations() -> Integers:
    """By procedure, marital status and draw, which of all combinations of papers are there: begin + bits."""
    starts, found = _words()[0], []
    for start, own in zip(starts, components(), strict=True):
        for fact in range(FACTS):
            found += [start + sum(1 << bit for bit, one in enumerate(own) if _there(one, fact, bit, slot))
                      for slot in range(256)]  # fmt: skip
    return np.array(found, dtype=np.int16)


@cache
def _missing() -> Integers:
    """By procedure and draw, the bit of one paper that is always required."""
    found = []
    for own in components():
        required = [1 << bit for bit, (_, when, _) in enumerate(own) if when == "always"]
        found += [required[slot % len(required)] for slot in range(256)]
    return np.array(found, dtype=np.int16)


def _there(component: tuple[str, str, int], fact: int, bit: int, slot: int) -> bool:
    _, when, per_thousand = component
    if when == "chance":
        return (slot * SPREAD * (2 * bit + 1) + 97 * bit) % 256 < per_thousand * 256 // 1000
    return when == "always" or fact in HOLDS.get(when, ())


@cache
def _words() -> tuple[list[int], Integers, pa.Array]:
    """Where each procedure's 2^n combinations begin, the text of each, and the texts: ids joined by semicolons."""
    starts: list[int] = []
    every: list[str] = []
    for own in components():
        starts.append(len(every))
        every += [";".join(one[0] for bit, one in enumerate(own) if mask >> bit & 1) for mask in range(1 << len(own))]
    words = {text: at for at, text in enumerate(dict.fromkeys(every))}
    return starts, np.array([words[text] for text in every], dtype=np.int16), pa.array(list(words))


@cache
def most_copies() -> Integers:
    """The most pages or copies that are asked for at once, by procedure."""
    return frozen("dossier_procedures").integers("copies")


@cache
def _fees() -> tuple[Integers, Flags]:
    texts = frozen("dossier_procedures").texts("fee_vnd")
    return np.array([int(text or 0) for text in texts]), np.array([text != "" for text in texts])
