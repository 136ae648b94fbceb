"""Simulated government systems: pure rules, one module each, listed in `kit.systems.registry`."""
