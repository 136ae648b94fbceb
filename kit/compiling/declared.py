"""A case of `cases.yaml` played out for one trainee: its draws drawn, its blanks filled."""

from typing import Any

from kit.errors import BrokenFile
from kit.exercise import DeclaredCase, DeclaredPaper, FollowUp
from kit.world.blanks import NoSuchBlank, fill_in
from kit.world.cases import Case, Sequel
from kit.world.draws import Stage, draw_all

Json = dict[str, Any]


def play_out(case: DeclaredCase, stage: Stage, known: Json) -> Case:
    """The case with everything drawn; raises `BrokenFile` where a blank names what nobody drew."""
    try:
        return _play_out(case, stage, known)
    except NoSuchBlank as missing:
        where = f"cases.yaml: {case.truth}: {missing}"
        raise BrokenFile.at(where, "không có giá trị này", "nothing of this name is drawn") from None


def _play_out(case: DeclaredCase, stage: Stage, known: Json) -> Case:
    code: str = known["code"]
    codes = case.codes(code)
    drawn = draw_all(stage, case.draws, {**known, "codes": codes})
    records = {codes.get(name, code): record for name, record in {"": case.record, **case.also}.items()}
    visible = {number: {**fill_in(record, drawn), "code": number} for number, record in records.items()}
    return Case(
        code, visible | _papers(case.papers, code, drawn), {}, fill_in(case.facts, drawn), tuple(stage.played),
        drawn, tuple(_sequel(one, code, drawn) for one in case.follow_ups), codes,
        case.name.texts,
    )  # fmt: skip


def _papers(papers: list[DeclaredPaper], code: str, drawn: Json) -> dict[str, Json]:
    return {f"{code}/{one.name}": _paper(one, code, drawn) for one in papers}


def _paper(paper: DeclaredPaper, code: str, drawn: Json) -> Json:
    shown = {name: value if isinstance(value, list) else str(value)
             for name, value in fill_in(paper.fields, drawn).items()}  # fmt: skip
    inner = {"id": f"{code}/{paper.name}", "component": paper.name, "kind": paper.kind, "medium": paper.medium,
             "fields": shown, "alterations": {}}  # fmt: skip
    return {"kind": "paper", "dossier": code, "issued": False, "paper": inner}


def _sequel(one: FollowUp, code: str, drawn: Json) -> Sequel:
    codes = drawn["codes"]
    further = {codes[name]: fill_in(changes, drawn) for name, changes in one.also.items()}
    records = {code: fill_in(one.record, drawn), **further, **_papers(one.papers, code, drawn)}
    return Sequel(one.name, one.after, one.minutes, one.says.texts, records, codes.get(one.on, code))
