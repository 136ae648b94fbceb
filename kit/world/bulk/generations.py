"""Generations, by which given names change, and the classes that keep names at home apart."""

from kit.world import names

GENERATIONS = tuple(year for year, _ in names.MIDDLE_BY_YEAR["female"][1])
"""A generation was born before its year."""
CLASSES = 8
"""People of one household draw names of different classes; a class holds all names with the same last word."""
