"""What is said of a column: its type, its unit or form, and where its distribution comes from."""

from dataclasses import dataclass

DICTIONARY, TEXT, DATE = "dictionary<string>", "string", "date32"


@dataclass(frozen=True)
class Column:
    """One column; `null` says what a missing value means, `source` names datasets/ files and their confidence."""

    name: str
    type: str
    meaning: str
    source: str = ""
    null: str = ""


REFERENCE = "row of citizens by citizen_id"
TRAINING = "training"
BUILT = "by construction"
