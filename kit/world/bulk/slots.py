"""Weights as equal slots: a random word of 16 bits picks a slot, the slot says what was drawn."""

import numpy as np

from kit.world.bulk.kinds import Integers

SLOTS = 65_536


def apportioned(weights: Integers, slots: int = SLOTS) -> Integers:
    """Whole numbers of slots in proportion to the weights, by largest remainders; they add up to `slots`."""
    weights = np.asarray(weights, dtype=np.int64)
    total = int(weights.sum())
    shares, remainders = np.divmod(weights * slots, total)
    missing = slots - int(shares.sum())
    largest = np.argsort(-remainders, kind="stable")[:missing]
    shares[largest] += 1
    return shares


def slot_table(weights: Integers, slots: int = SLOTS) -> Integers:
    """For each slot the index of the weight to which it belongs."""
    kind = np.uint8 if len(weights) <= 256 else np.uint16
    return np.repeat(np.arange(len(weights), dtype=kind), apportioned(weights, slots))
