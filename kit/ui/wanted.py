"""What a trainee set for the table of all records; it outlives the page, which every change of language draws anew."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """What the trainee looks for: words, one step (or all), only rows that disagree, sorted by a column."""

    words: str = ""
    step: str = ""
    differing: bool = False
    column: str = ""
    backwards: bool = False


@dataclass
class Settings:
    """What is looked for, the page, the records chosen in the order of choosing, the action picked for them."""

    wanted: Wanted = Wanted()
    page: int = 0
    chosen: dict[str, None] = field(default_factory=dict)
    action: str = ""
