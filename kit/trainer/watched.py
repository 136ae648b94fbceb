"""One attempt on the board: its log, read on where there is news, its key, and its score so far."""

from functools import cached_property

from grading.evaluate import Evaluation, evaluate
from grading.rules import Rules
from grading.telling import truth_name
from kit.log_book import LogBook
from kit.safe_html import clean
from kit.script import Key, first_of
from kit.words import say


class Watched(LogBook):
    """One attempt; its score is reckoned when it is asked for and kept until there is news."""

    key: Key
    rules: Rules
    owner: str  # a team's name or a person's code; empty in the practice session
    group: str

    @cached_property
    def evaluation(self) -> Evaluation:
        """Of the log as it stands."""
        return evaluate(self.key, self.events, self.rules)

    def situation(self, cue: str, language: str) -> str:
        """What a trainer calls an inject: its name in the scenario, what was planted, after which action it comes."""
        if first_of(cue) not in self.key.truths:
            return clean(cue)
        action = next((one.after_action for one in self.script.cues if one.id == cue), "")
        after = f" · {say('msel.after_action', language)}: {say(f'action.{action}', language)}" if action else ""
        return clean(f"{self.key.inject(cue)} · {truth_name(self.key, cue, language)}{after}")

    def forget(self) -> None:
        """There is news: reckon again when asked."""
        self.__dict__.pop("evaluation", None)
