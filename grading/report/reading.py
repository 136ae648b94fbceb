"""What a report is made of: the log, the script that was played, the truth, and the evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass

from grading.evaluate import DONE, Evaluation, Finding, evaluate
from grading.telling import fault, truth_name
from kit.event import Event
from kit.script import Cue, Key, Script, first_of
from kit.session import Session


@dataclass(frozen=True)
class Report:
    """Everything a report needs: the log, what was played, the truth, and the evaluation that follows."""

    events: Sequence[Event]
    script: Script
    key: Key
    evaluation: Evaluation

    @property
    def failed(self) -> list[Finding]:
        """The findings that cost points or reached nothing."""
        return [finding for finding in self.evaluation.findings if finding.status != DONE]

    def truth(self, inject: str) -> str:
        """Which truth was planted in an inject, or in the one it follows."""
        return self.key.truths[first_of(inject)]

    def truth_name(self, inject: str, language: str) -> str:
        """What that truth is called: by the exercise that declares it, or in the words."""
        return truth_name(self.key, inject, language)

    def fault(self, inject: str, language: str) -> str:
        """The same with the papers at fault."""
        return fault(self.script, self.key, inject, language)

    def cue(self, inject: str) -> Cue:
        """An inject as the trainee met it."""
        return next(cue for cue in self.script.cues if cue.id == inject)

    def record_name(self, record: str, language: str) -> str:
        """What a record is about: its title."""
        name = "title" if language == "vi" else "title_en"
        known = (cue.records[record] for cue in self.script.cues if record in cue.records)
        return str(next((fields[name] for fields in known if name in fields), record))


def read_report(session: str, attempt: str) -> Report:
    """The report of an attempt of a session; raises `KitError` for an unknown one or a broken log."""
    folder = Session.named(session)
    store = folder.store()
    row = store.attempt(id=attempt)
    key, events = folder.keys().key(row["script"]), store.read(attempt)
    return Report(events, store.script(row["script"]), key, evaluate(key, events))
