"""Publishing: the folder of Voila apps, and the hardened server that shows it."""

import sys

# jsonschema would build the grammar of international addresses, which nobody here checks: 16 MB, a third of the start.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
