"""The form beside the exhibits: the levels of the rubric, the remark, the button."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from kit.marks import EVALUATOR, LEAD, MACHINE, OVERRIDE, OVERRIDES
from kit.safe_html import fill
from kit.trainer.book import Item
from kit.ui.guard import Guard
from kit.ui.html import html_view
from kit.ui.parts import Widget, button, column, make
from kit.words import number, pick, say

Save = Callable[[str, str, str], None]  # level, remark, role


class MarkForm:
    """What somebody gives to one item; `widget` is shown beside it."""

    def __init__(self, item: Item, role: str, language: str, guard: Guard, save: Save) -> None:
        self.role = role if item.finding.target.judged else OVERRIDE
        self.levels = make(widgets.RadioButtons, "kit-mark-levels", options=levels(item, language), value=None)
        hint = say("trainer.remark_hint" if self.role == EVALUATOR else "trainer.reason_hint", language)
        self.remark = make(widgets.Textarea, "kit-mark-remark", description=say("trainer.remark", language),
                           placeholder=hint)  # fmt: skip
        title = html_view(fill("<h2>{it}</h2>", it=say(f"trainer.give_{self.role}", language)))
        send = button(say("trainer.save", language), guard(lambda: save(*self.entered(), self.role), 0.5),
                      "kit-primary", "kit-mark-save")  # fmt: skip
        entries = [column((one,), "kit-entry") for one in (self.levels, self.remark)]
        self.widget: Widget = column((title, *entries, send), "kit-box", "kit-mark-form")

    def entered(self) -> tuple[str, str]:
        """The level chosen ("" for none) and the remark."""
        return str(self.levels.value or ""), str(self.remark.value)


def levels(item: Item, language: str) -> list[tuple[str, Any]]:
    """What may be chosen: the rubric's levels with the points they earn, or what an override may say."""
    target = item.finding.target
    if not target.judged:
        return [(say(f"marks.override.{name}", language), name) for name in (*OVERRIDES, MACHINE)]
    whole = number(target.weight, language)
    return [(f"{number(one['share'] * target.weight, language)}/{whole} - {pick(one['says'], language)}", one["id"])
            for one in target.judged["levels"]]  # fmt: skip


ROLES = (EVALUATOR, LEAD)
