"""The one way to a Dask cluster (extra `scale`); what its workers do is told by whoever connects."""

from typing import Any

from kit.errors import WrongUse

PATIENCE = 10  # seconds until a scheduler must have answered


def library() -> Any:
    """The module `distributed`, which publishes few types; WrongUse where it is not installed."""
    try:
        import distributed
    except ImportError:
        raise WrongUse('Chưa cài dask: pip install -e ".[scale]".',
                       'Dask is not installed: pip install -e ".[scale]".') from None  # fmt: skip
    return distributed


def connected(address: str) -> Any:
    """A client of the scheduler at an address such as tcp://127.0.0.1:8786; WrongUse if nobody answers."""
    try:
        return library().Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WrongUse(f"Không kết nối được Dask tại “{address}”: {error}.",
                       f"No Dask scheduler answers at “{address}”: {error}.") from None  # fmt: skip
