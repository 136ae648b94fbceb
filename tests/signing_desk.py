"""What the tests of signatures at the desk share: a desk on a store on disk, a dossier ready to be signed."""

import base64
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from grading.players import entries, steps
from kit.attempt import Answer, Attempt
from kit.script import Cue, Script
from kit.store import EventStore
from kit.systems.registry import system
from kit.systems.signatures import Certificate, certificate_of
from kit.ui import Desk
from kit.ui.coach import Coach
from kit.ui.signing import Authority
from kit.ui.work import WorkPage
from tests.rehearsed import brought, compiled, inject_with

SCRIPT, KEY = compiled(1)
ONE_STOP = system("onestop")


class SigningDesk:
    """A trainee at the counter; `sign` signs the first complete dossier with the entries given instead."""

    def __init__(self, folder: Path, script: Script = SCRIPT) -> None:
        self.folder = folder
        self.store = EventStore.at(folder / "attempts.sqlite")
        self.store.add_script(script)
        self.desk = Desk(self.store, "vi", folder / "desk.log", Coach("")).open("")
        assert not isinstance(self.desk.page, WorkPage) and self.desk.page
        self.desk.entered.name, self.desk.entered.mode = "Nguyễn Thị Tập", "practice"
        self.desk.page.begin()
        self.cue = self._ready_to_sign()

    @property
    def page(self) -> WorkPage:
        assert isinstance(self.desk.page, WorkPage)
        return self.desk.page

    @property
    def attempt(self) -> Attempt:
        assert self.desk.view
        return self.desk.view.attempt

    @property
    def authority(self) -> Authority:
        assert self.desk.view and self.desk.view.authority
        return self.desk.view.authority

    @property
    def signer(self) -> str:
        signer: str = KEY.facts_of(self.cue.id)["signer"]
        return signer

    def official(self, name: str) -> str:
        """The leader whom the key calls "without_account" or "expired"."""
        number: str = KEY.facts_of(self.cue.id)[name]
        return number

    def certificate(self, number: str) -> Certificate:
        return certificate_of(self.attempt.script.office, self.attempt.state.records, number)

    def do(self, name: str, **instead: Any) -> Answer:
        """One action as the guide wants it, but for some entries."""
        where = next((where for _, action, where in steps(KEY, self.cue.id) if action == name), {})
        action = ONE_STOP.action(name)
        given = entries(self.attempt, action, self.cue.record, where, KEY.facts_of(self.cue.id))
        return self.attempt.act("onestop", name, self.cue.record, given | instead)

    def sign(self, **instead: Any) -> Answer:
        return self.do("sign", capacity="for_chairman", **{"signer": self.signer, "token": self.signer} | instead)

    def look(self, place: int = -1) -> None:
        """Choose the dossier and turn to a paper; the last one was printed last."""
        self.page.choose(self.cue.record)
        self.page.dossier.turn(place)

    def told(self) -> str:
        """What stands under the paper's bar."""
        value: str = self.page.dossier.file.widget.value
        return value

    def download(self) -> bytes:
        """What pressing the button and following the link gives."""
        self.page.dossier.file.button.click()
        (content,) = re.findall(r'href="data:application/pdf;base64,([A-Za-z0-9+/=]+)"', self.told())
        return base64.b64decode(content)

    def _ready_to_sign(self) -> Cue:
        cue = brought(self.attempt, inject_with(KEY, "complete"))
        self.cue = cue
        for _, name, _ in steps(KEY, cue.id):
            if name == "sign":
                break
            assert self.do(name).accepted
        return cue


def with_certificate(script: Script, **fields: str) -> Script:
    """A script whose first cue brings news of an official's certificate as well."""
    first = script.cues[0]
    news = {"certificate-1": {"kind": "certificate", **fields}}
    return replace(script, cues=(replace(first, records={**first.records, **news}), *script.cues[1:]))
