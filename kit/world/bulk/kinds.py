"""Names for the arrays that the drawing hands about."""

from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[Any]
"""One-dimensional (or households x places) integers; every width."""
Flags = npt.NDArray[np.bool_]
"""Yes or no for each row."""
