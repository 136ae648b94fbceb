"""Truths that are on a paper, or that a missing paper makes."""

from datetime import date, timedelta

from kit.world.people import no_relative
from kit.world.truths.planted import Planted
from kit.world.visits.papers import card_title, day, id_card, old_ward, paper
from kit.world.visits.visit import Json, Setting, Visit

_COMPARED = ("mother_birth_date", "mother_name", "deceased_name", "died_at", "ward_name", "ward_birth_date")


def missing_component(at: Setting, visit: Visit) -> Planted:
    """One required paper was left at home."""
    papers = [p["component"] for p in visit.papers if p["component"] not in ("form", "id", "form15", "doc")]
    component = at.draw.choice(papers)
    return Planted(visit, visit.without(component).papers, {"defects": [component]})


def blank_signature(at: Setting, visit: Visit) -> Planted:
    """A declaration lacks a signature that it needs."""
    names = [name for name in visit.paper("form")["fields"] if name.endswith("signature")]
    return _defective(visit, "form", **{at.draw.choice(names): ""})


def expired_paper(at: Setting, visit: Visit) -> Planted:
    """An identity card, or a certificate of marital status, is past its last day."""
    if visit.result_kind == "signature_attestation":
        sixty = _birthday(visit.applicant, 60)  # the last day of a card issued before 58
        issued = _birthday(visit.applicant, 58) - timedelta(days=at.number(1, 150))
        return _defective(visit, "id", expires_on=day(sixty), issued_on=day(issued), title=card_title(issued))
    ward = old_ward(visit.applicant["address_old"])
    return _defective(visit, "marital", place_date=at.place_date(at.ago(at.number(200, 330)), ward))


def _birthday(person: Json, age: int) -> date:
    """The day on which somebody reaches an age."""
    born = date.fromisoformat(person["birth_date"])
    leap = (born.month, born.day) == (2, 29)
    return born.replace(year=born.year + age, day=28 if leap else born.day)


def disagreement(at: Setting, visit: Visit) -> Planted:
    """A name or a date on the declaration is not that of the other paper."""
    form = visit.paper("form")["fields"]
    other = next(p for p in visit.papers if p["component"] in ("birth_note", "death_note", "appoint", "evidence"))
    shared = [n for n in _COMPARED if form.get(n) and other["fields"].get(n) and _can_differ(n, form[n])]
    name = at.draw.choice(shared)
    wrong = _shifted(form[name]) if name.endswith(("date", "_at")) else _misspelt(form[name])
    sets = [["form"], ["form", other["component"]], [other["component"]]]
    return _defective(visit, "form", **{name: wrong}).and_fact(defect_sets=sets, field=name)


def _can_differ(field: str, text: str) -> bool:
    """Dates always; names that have a middle word to misspell."""
    return not field.endswith("_name") or len(text.split()) > 2


def _shifted(text: str) -> str:
    """The same text with another day or year in its date."""
    head, year = text[:-4], int(text[-4:])
    return f"{head}{year + 1}"


def _misspelt(name: str) -> str:
    """The same name with its middle word changed."""
    words = name.split()
    words[-2] = {"Thị": "Thanh", "Văn": "Vĩnh"}.get(words[-2], "Thị" if words[-2] != "Thị" else "Ngọc")
    return " ".join(words)


def copy_as_original(at: Setting, visit: Visit) -> Planted:
    """What is shown as the original is itself a copy."""
    medium = at.draw.choice(("photocopy", "certified_copy"))
    return Planted(visit, _original(visit, medium=medium), {"defects": ["original"], "ground": "not_original"})


def altered(at: Setting, visit: Visit) -> Planted:
    """The original was changed by hand: it must not be certified."""
    name = at.draw.choice(("ranking", "birth_date", "year"))
    before = {"ranking": "Trung bình", "birth_date": _shifted(visit.papers[0]["fields"]["birth_date"]),
              "year": str(int(visit.papers[0]["fields"]["year"]) - 1)}[name]  # fmt: skip
    papers = _original(visit, alterations={name: before})
    return Planted(visit, papers, {"ground": "altered_original", "field": name})


def no_authority(at: Setting, visit: Visit) -> Planted:
    """Somebody who is no close relative asks in another person's name, without an authorisation."""
    stranger = no_relative(visit.applicant)
    agent = at.people.pick(lambda p: stranger(p) and 25 <= at.people.age(p) <= 60)
    papers = (*visit.without("id").papers, id_card(agent))
    return Planted(visit, papers, {"defects": ["authorisation"]}, {}, agent)


def fee_exemption(at: Setting, visit: Visit) -> Planted:
    """The applicant's household is poor and shows the certificate of the ward there was in January 2025: no fee."""
    person = visit.applicant
    old = person["address_old"]
    proof = paper(
        "poor_certificate", "poor_certificate", issuer=f"UBND {old_ward(old)}", number=f"{at.number(10, 99)}/GCN-HN",
        head_name=person["full_name"], head_id=person["personal_id"], address=old, members=at.number(1, 5),
        year=2025, place_date=at.place_date(date(2025, 1, at.number(6, 24)), old_ward(old)), signer_name=at.name(),
    )  # fmt: skip
    return Planted(visit, (*visit.papers, proof), {"exemption": "poor_household", "fee": 0})


def _original(visit: Visit, **parts: object) -> tuple[Json, ...]:
    """The papers with other parts of the one that is to be certified."""
    return tuple({**one, **parts} if one["component"] == "original" else one for one in visit.papers)


def _defective(visit: Visit, component: str, **fields: str) -> Planted:
    """The visit with a defect on one paper."""
    return Planted(visit, visit.changed(component, **fields).papers, {"defects": [component]})
