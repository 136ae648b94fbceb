"""How deep the tests look: `make test` tries few seeds and examples of each, the build server all."""

import os

SEEDS = int(os.environ.get("KIT_TEST_SEEDS") or 300)  # `make test SEEDS=300` tries what the build server tries
WHOLE = SEEDS >= 300


def depth(few: int, whole: int) -> int:
    """How many of something a test tries: few while one waits for it, the whole on the build server."""
    return whole if WHOLE else few
