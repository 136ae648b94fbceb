"""The rehearsal kit: everything that runs an exercise."""

import sys

__version__ = "0.1.0"

# jsonschema, which Jupyter's libraries bring along, builds the grammar of international addresses where it finds this
# module: 2.4 seconds of CPU and 16 MB of every process, for a check that nobody asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
