"""A small system and script for tests of the desk: every kind of field, a draft, records of every sort."""

from kit.script import Cue, Script
from kit.systems.form import Action, Changes, Field, Json, Shown, Situation, System

UNITS = {"26740": "Phường Sài Gòn", **{f"{27000 + place}": f"Xã {place}" for place in range(1, 15)}}
BODIES = {
    "power": {"vi": "Điện lực Sài Gòn", "en": "Sai Gon Power"},
    "water": {"vi": "Cấp nước Bến Thành", "en": "Ben Thanh Water"},
    "parks": {"vi": "Công viên Cây xanh", "en": "Parks and Trees"},
    "roads": {"vi": "Ấp Bắc Đường bộ", "en": "Ap Bac Roads"},
}
OFFICIALS = {
    f"CB{place:02}": {"full_name": name, "post_vi": "Công chức", "post_en": "Official", "role": "clerk",
                      "accounts": [], "certificate_valid_to": "2026-01-01"}
    for place, name in enumerate(("Trần Văn Đạt", "Lê Thị Ánh", "Phạm An", "Nguyễn Ân"), 1)
}  # fmt: skip
OFFICE: Json = {
    "code": "26740", "centre": "Trung tâm thử", "committee": "UBND phường thử", "short_name": "Sài Gòn",
    "units": UNITS, "bodies": BODIES, "officials": OFFICIALS, "population": {}, "handbook": {},
    "guidebook": {"vi": "## Sổ thử\n\n| Việc | Hạn |\n|---|---|\n| **Gấp** | 1 ngày |", "en": "## Trial book"},
}  # fmt: skip


def _note(situation: Situation, given: Json) -> Changes:
    return {situation.id: {"noted": given["note"]}}


def _merge(situation: Situation, given: Json) -> Changes:
    return {situation.id: {"step": "gone"}, given["into"]: {"merged": situation.id}}


def _draft(situation: Situation, entries: Json) -> Json:
    """Fails while the number of pages is no number, as a careless author's preview would."""
    pages = int(entries["pages"] or 1)
    fields = {"office": OFFICE["centre"], "reason": f"{entries['note']} ({pages} trang)"}
    return {"id": "draft", "component": "draft", "kind": "refusal_slip", "medium": "original", "fields": fields}


HERE = frozenset({"here"})
EVERYTHING = (
    Field("note", "text"), Field("long", "long_text"), Field("sum", "number"), Field("pages", "count"),
    Field("day", "date"), Field("time", "time"), Field("personal_id", "personal_id"),
    Field("one", "choice", ("a", "b")), Field("some", "choices", tuple("abcdefghijklmn")), Field("unit", "unit"),
    Field("official", "official"), Field("officials", "officials"), Field("body", "body"),
    Field("bodies", "bodies"), Field("into", "record"),
)  # fmt: skip
TRIAL = System(
    "trial", "letter",
    (
        Action("note", "clerk", 1, HERE, (Field("note", "text"),), _note),
        Action("merge", "clerk", 1, HERE, (Field("into", "record"),), _merge),
        Action("write", "signer", 2, HERE, (Field("note", "long_text"), Field("pages", "count")), _note, _draft),
        Action("fill", "signer", 2, HERE, EVERYTHING, _note),
    ),
    {"here": 0, "gone": 10}, (Shown("code"),),
)  # fmt: skip


def letter(number: int, who: str, **fields: object) -> Json:
    """A record of the trial system."""
    code = f"T-{number:04}"
    return {"kind": "letter", "step": "here", "code": code, "title": f"Thư {number}", "title_en": f"Letter {number}",
            "who": who, **fields}  # fmt: skip


def script(*letters: Json, papers: int = 0) -> Script:
    """One letter every ten minutes, the first at 07:30, each with so many papers; the second cue of T-0001 follows."""
    cues = [
        Cue(f"m{place:02}", 10 * place, {"vi": "Có thư.", "en": "A letter."}, one["code"],
            {one["code"]: one, **_papers(one["code"], papers)})
        for place, one in enumerate(letters)
    ]  # fmt: skip
    back = Cue("m00-back", 5, {"vi": "Viết lại.", "en": "Again."}, "T-0001", {"T-0001": {"again": True}}, "note")
    return Script(
        "09-trial", {"vi": "Bài thử", "en": "Trial"}, {"vi": "Thử.", "en": "Try."}, 1, "26740", "seat-001",
        "2025-07-01T07:30", 90, ("trial",), OFFICE, (*cues, back),
    )  # fmt: skip


def _papers(code: str, count: int) -> dict[str, Json]:
    return {
        f"{code}/p{place}": {"kind": "paper", "dossier": code, "issued": False, "paper": {
            "id": f"{code}/p{place}", "component": f"p{place}", "kind": "refusal_slip", "medium": "original",
            "fields": {"reason": f"Tờ số {place}"}, "alterations": {}}}
        for place in range(count)
    }  # fmt: skip
