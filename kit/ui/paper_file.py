"""Under the paper's bar: who signed the paper shown and whether that holds, and its PDF, made when it is asked for."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from kit.safe_html import fill, join
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.parts import button, mark
from kit.ui.signing import Signing, signing_of
from kit.ui.view import View, clock, day

# base64 alone: letters, digits, + / =; no value of a paper stands in the address.
LINK = '<a class="kit-download" download="{}" href="data:application/pdf;base64,{}">{}</a>'
LINE = '<p class="kit-signature kit-signature-{state}"><b>{by}</b> {told}</p>'
Paper = Mapping[str, Any]


class PaperFile:
    """`button` makes the PDF, `widget` tells of the signature and holds the link; the page stays light until then."""

    def __init__(self, view: View, guard: Guard) -> None:
        self.view = view
        self.paper: Paper | None = None
        self.button = button(
            view.say("signed.pdf"), guard(self.make), "kit-small", "kit-pdf", tip=view.say("signed.tip")
        )
        self.widget = html_view(Markup(""), "kit-paper-file", "kit-live")

    def show(self, paper: Paper | None) -> None:
        """Tell of another paper; the same one keeps its link."""
        if paper is not None and paper == self.paper:
            return
        self.paper = paper
        mark(self.button, "kit-hidden", paper is None)
        redraw(self.widget, self._signature(self._signing()) if paper else Markup(""))

    def make(self) -> None:
        """Make the PDF of the paper shown and a link to it; a signed one is verified as a file."""
        if self.paper is None:
            return
        signing, authority = self._signing(), self.view.authority
        if signing and authority:
            content, verdict = authority.pdf(self.paper, self._code(), signing)
            state = "good" if verdict.valid else "bad"
            told = fill(LINE, state=state, by=self._by(signing), told=" ".join(verdict.say(self.view.language)))
        else:
            from kit.papers.pdf import to_pdf

            content, told = to_pdf(self.paper, self._code()), Markup("")
        redraw(self.widget, join((told, self._link(content))))

    def _signature(self, signing: Signing | None) -> Markup:
        """Who signed and what the authority says of the certificate at that moment."""
        if signing is None:
            return Markup("")
        authority = self.view.authority
        if authority is None:
            return fill(LINE, state="told", by=self._by(signing), told="")
        reason = authority.verifies(signing.certificate, signing.signer, signing.at)
        told = self.view.say(f"signature.{reason}" if reason else "signed.holds")
        return fill(LINE, state="bad" if reason else "good", by=self._by(signing), told=told)

    def _by(self, signing: Signing) -> str:
        held, at = signing.certificate, signing.at.isoformat()
        return self.view.say("signed.by", name=held.full_name, post=held.post, time=f"{clock(at)} {day(at)}")

    def _link(self, content: bytes) -> Markup:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{self._code()}-{self.paper['kind'] if self.paper else ''}").strip("-")
        text = self.view.say("signed.save", file=f"{name}.pdf", size=-(-len(content) // 1000))
        return Markup(LINK).format(f"{name}.pdf", base64.b64encode(content).decode(), text)

    def _signing(self) -> Signing | None:
        return signing_of(self.view.attempt, str(self.paper["id"])) if self.paper else None

    def _code(self) -> str:
        return str(self.view.record().get("code") or self.view.chosen)
