"""Rules of the house that no ready-made linter knows; `python -m tests.house` checks the whole project."""
