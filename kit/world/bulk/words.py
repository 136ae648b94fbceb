"""Random words: a fixed number for each household and purpose, so that any household can be drawn alone."""

from functools import lru_cache

import numpy as np

from kit.world.bulk.frozen import FORMAT
from kit.world.bulk.kinds import Integers

WORDS = {"family": 4, "home": 2, "lineage": 3, "names": 2, "work": 1, "contact": 1, "cards": 2, "papers": 2,
         "dossier_use": 1, "dossiers": 3, "petitions": 2, "parcels": 2, "party": 1,
         "officials": 52, "documents": 960, "projects": 24, "certificates": 2}  # fmt: skip
"""64-bit words for each household; a stream's place in this order is part of the format."""


class Words:
    """The random words of the households from `start` to `stop`; they depend on seed, purpose and household alone.

    Only the raw integers of a bit generator are used: NumPy promises that they never change, and `advance` jumps
    to any household at once.
    """

    def __init__(self, seed: int, start: int, stop: int) -> None:
        self.seed, self.start, self.stop = seed, start, stop
        self._raw: dict[str, Integers] = {}

    def pieces(self, purpose: str, bits: int) -> Integers:
        """Unsigned integers of 8 or 16 bits: one row for each household, as many columns as fit."""
        if purpose not in self._raw:
            self._raw[purpose] = self._words(purpose)
        return self._raw[purpose].view(f"<u{bits // 8}").reshape(self.stop - self.start, -1)

    def by_cell(self, purpose: str, counts: Integers, most: int) -> Integers:
        """16-bit numbers for so many rows of each cell, the cells' numbers far enough apart for `most` rows each.

        The words are for whole cells: a row is known by its cell and its rank in it.
        """
        each, first = WORDS[purpose], self.start * len(counts) // (self.stop - self.start)
        generator, parts = _generator(self.seed, purpose), []
        generator.advance(first * most * each)
        for count in counts.tolist():
            parts.append(generator.random_raw(count * each))
            generator.advance((most - count) * each)
        return np.concatenate(parts).astype("<u8", copy=False).view("<u2").reshape(-1, 4 * each)

    def _words(self, purpose: str) -> Integers:
        count = WORDS[purpose]
        generator = _generator(self.seed, purpose)
        generator.advance(self.start * count)
        return np.asarray(generator.random_raw((self.stop - self.start) * count), dtype="<u8")


@lru_cache(maxsize=64)
def offset(seed: int, purpose: str, limit: int) -> int:
    """One number from 0 to `limit` - 1 for the whole world."""
    return int(_generator(seed, f"offset of {purpose}").random_raw()) % limit


def _generator(seed: int, purpose: str) -> np.random.PCG64:
    stream = list(WORDS).index(purpose) if purpose in WORDS else 1_000 + sum(purpose.encode())
    return np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(FORMAT, stream)))
