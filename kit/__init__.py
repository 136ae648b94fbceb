"""The rehearsal kit: everything that runs an exercise."""

__version__ = "0.1.0"
