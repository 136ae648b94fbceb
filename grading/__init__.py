"""Grading: reads the log of an attempt and says what was done, late, wrong or missing."""

from kit import __version__ as __version__
