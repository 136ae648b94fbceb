"""The paper that an open form would make so far; whatever goes wrong in drawing it, the form stays as it is."""

from markupsafe import Markup

from kit import papers
from kit.safe_html import fill
from kit.systems.form import Action, Json
from kit.ui.guard import Guard
from kit.ui.view import View


def preview(view: View, guard: Guard, action: Action, entries: Json) -> Markup | None:
    """The sheet, or a sentence where it cannot be drawn yet; None for an action that makes no paper."""
    if action.preview is None:
        return None
    try:
        sheet = action.preview(view.attempt.situation(view.chosen), entries)
        return papers.render(sheet, view.language)
    except Exception:
        guard.log.exception("preview of %s", action.name)
        return fill('<p class="kit-note">{text}</p>', text=view.say("desk.no_preview"))
