"""A project folder with one exercise that people judge in part, and a session in which it was played."""

from pathlib import Path

import pytest

from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.script import Key
from kit.session import Plan, Session, prepare
from tests.rehearsed import home_in

EXERCISE = "01-documents-and-email"
BOTH = '{vi: "Nêu theo biên bản mẫu", en: "As in the model"}'
TAIL = f"""    rule: {BOTH}
    advice: {BOTH}
    hint: {BOTH}
    basis:
      - {{ref: "Nghị định 30/2020/NĐ-CP, Điều 8", source: GH-ND30, confidence: primary}}
"""
JUDGED = f"""  - id: draft-reads-well
    truths: [wrong_dispatch, answer_today]
    title: {{vi: "Văn bản mạch lạc, đúng giọng hành chính", en: "The text is clear and in the right tone"}}
    judged:
      evaluators: 2
      looks_at:
        - {{action: draft_document, fields: [out_kind, draft_body]}}
      levels:
        - {{id: full, share: 1, says: {{vi: "Mỗi đoạn một ý, không thừa", en: "One point a paragraph"}}}}
        - {{id: part, share: 0.5, says: {{vi: "Đủ ý nhưng lẫn ý, lặp", en: "All points, but mixed or repeated"}}}}
        - {{id: none, share: 0, says: {{vi: "Không hiểu phải làm gì", en: "One cannot tell what to do"}}}}
    weight: 6
    objective: writing
{TAIL}"""
COUNTED = f"""  - id: most-drafts
    truths: [wrong_dispatch, answer_today, chairman_task]
    title: {{vi: "Ít nhất hai dự thảo đúng loại", en: "At least two drafts of the right type"}}
    counts: {{of: [draft-form], at_least: 2}}
    partial: true
    weight: 5
    objective: writing
{TAIL}"""
OBJECTIVES = 'objectives:\n  - {id: writing, title: {vi: "Soạn thảo văn bản", en: "Drafting"}}\n'


def judged_home(folder: Path) -> Session:
    """The home and its practice session with one seat; KIT_HOME must name it from then on."""
    home_in(folder)
    guide = folder / "exercises" / EXERCISE / "guide.yaml"
    guide.write_text(OBJECTIVES + guide.read_text(encoding="utf-8").rstrip() + "\n" + JUDGED + COUNTED, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        session = Session.named("practice")
        prepare(session, Plan("26740", exercises=(EXERCISE,), seats=1))
    return session


def attempted(session: Session, trainee: str, robot: str = "model", end: bool = True) -> tuple[Attempt, Key]:
    """An attempt that a robot played under a trainee's name; KIT_HOME must name the home."""
    ((number, _),) = session.store().scripts()
    key = session.keys().key(number)
    attempt, _ = Attempt.start(session.store(), number, trainee, "practice")
    if end:
        play(attempt, key, PLAYERS[robot])
    return attempt, key
