"""What may be done with an entry of the civil-status registers: each action's rule, from the record to its changes."""

from collections.abc import Iterator
from datetime import date

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.loop_papers import issue_sheet
from kit.systems.sheets import addressee, leader_post, vietnamese_day

REGISTER_NAMES = {"birth_register": "Sổ đăng ký khai sinh", "marriage_register": "Sổ đăng ký kết hôn",
                  "death_register": "Sổ đăng ký khai tử"}  # fmt: skip
MISSING_NAMES = {"residence_data": "thông tin cư trú", "birth_data": "thông tin khai sinh",
                 "marital_data": "tình trạng hôn nhân"}  # fmt: skip
SOFTWARE = "civil_status"


def query_population(situation: Situation, given: Json) -> Changes:
    """Ask the national population database about everybody in the entry."""
    return issue_sheet(situation, "population_answer", {"rows": "\n".join(situation.record.get("population_rows", []))})


def search_registers(situation: Situation, given: Json) -> Changes:
    """Search all registers for these people; also tells the last number of each book."""
    found = situation.record.get("register_rows", []) or ["Không tìm thấy | | |"]
    books = [f"{REGISTER_NAMES[one]} | {last_number(situation, one)}" for one in REGISTER_NAMES]
    return issue_sheet(situation, "register_answer", {"rows": "\n".join(found), "books": "\n".join(books)})


def enter_register(situation: Situation, given: Json) -> Changes:
    """Enter the event in a register, from the papers."""
    return _move(situation, "entry_made", **given)


def verify_entry(situation: Situation, given: Json) -> Changes:
    """The officer's word that the entry agrees with papers and population data, or where it differs."""
    step = "entry_checked" if given["check_result"] == "agrees" else "entry_made"
    return _move(situation, step, differing=given["differing"])


def correct_entry(situation: Situation, given: Json) -> Changes:
    """Correct what was entered; an entry that has its number already must be approved again."""
    step = "entry_reopened" if situation.record["step"] == "entry_numbered" else "entry_made"
    value = given["corrected_value"]
    value = _day(value) if given["corrected_part"].endswith("_date") else value
    return _move(situation, step, **{given["corrected_part"]: value}, differing=[])


def _day(text: str) -> str:
    """A typed day as ISO: 02/06/2025 or 2025-06-02; `Refused` for anything else."""
    try:
        return date.fromisoformat("-".join(reversed(text.split("/")))).isoformat()
    except ValueError:
        raise Refused("malformed", "corrected_value") from None


def ask_other_place(situation: Situation, given: Json) -> Changes:
    """Ask in writing the unit that keeps the books today, with a day to answer by."""
    if given["receiver_unit"] == situation.office["code"]:
        raise Refused("own_unit", "receiver_unit")
    if given["answer_by"] < situation.today():
        raise Refused("date_in_the_past", "answer_by")
    kept = {"asked_unit": given["receiver_unit"], "answer_by": given["answer_by"]}
    letter = issue_sheet(situation, "place_inquiry", worded_inquiry(situation, given))
    return _move(situation, "inquiry_sent", **kept) | letter


def worded_inquiry(situation: Situation, given: Json) -> Json:
    """The entries as they stand on the letter; they may still be malformed where only a preview is drawn."""
    unit = situation.office["units"].get(str(given.get("receiver_unit")))
    missing = MISSING_NAMES.get(str(given.get("missing_data")))
    return {
        "receiver": addressee(unit) if unit else "", "subject": f"xác minh {missing}" if missing else "",
        "asked_text": str(given.get("asked_text") or ""), "answer_by": vietnamese_day(given.get("answer_by")),
    }  # fmt: skip


def record_answer(situation: Situation, given: Json) -> Changes:
    """The written answer is there: go on with the entry."""
    return _move(situation, "entry_open", answer_summary=given["answer_summary"])


def cancel_entry(situation: Situation, given: Json) -> Changes:
    """Stop an entry that must not be made."""
    return _move(situation, "entry_cancelled", stop_ground=given["stop_ground"])


def request_civil_account(situation: Situation, given: Json) -> Changes:
    """Ask the Department of Justice in writing for an official's approving account."""
    official = situation.office["officials"][given["account_for"]]
    letter = {"receiver": "Sở Tư pháp", "account_name": official["full_name"], "account_post": official["post_vi"],
              "reason": given["reason"]}  # fmt: skip
    asked = sorted({*situation.record.get("accounts_asked", []), given["account_for"]})
    return {situation.id: {"accounts_asked": asked}} | issue_sheet(situation, "civil_account_request", letter)


def accounts_now(situation: Situation) -> Json:
    """The leader whom the software does not know as an approver; empty where it knows all of them."""
    missing = [number for number, one in situation.office["officials"].items()
               if one["role"] == "signer" and SOFTWARE not in one["accounts"]]  # fmt: skip
    return {"without_account": missing[0] if missing else ""}


def approve_entry(situation: Situation, given: Json) -> Changes:
    """A leader's approval: needs an account here; the certificate is verified by `signs`."""
    officials = situation.office["officials"]
    if officials[given["approver"]]["role"] != "signer":
        raise Refused("not_a_leader", "approver")
    if SOFTWARE not in officials[given["approver"]]["accounts"]:
        raise Refused("no_account", "approver")
    step = "entry_numbered" if situation.record["step"] == "entry_reopened" else "entry_approved"
    return _move(situation, step, **given)


def number_entry(situation: Situation, given: Json) -> Changes:
    """Take the number in the book; a number that is taken is refused, one that leaves a gap is not."""
    register = situation.record["register"]
    if given["register_number"] <= situation.record["book_last"][register] or given["register_number"] in _taken(
        situation, register
    ):
        raise Refused("number_taken", "register_number")
    record, leader = situation.record, situation.office["officials"][situation.record["approver"]]
    page = {
        "register_name": REGISTER_NAMES[register], "entry_number": f"{given['register_number']}/{situation.moment:%Y}",
        "subject_name": record.get("subject_name", ""), "event_on": vietnamese_day(record.get("event_date", "")),
        "related_name": record.get("related_name", ""), "signer_post": leader_post(leader),
        "signer_name": leader["full_name"],
    }  # fmt: skip
    return _move(situation, "entry_numbered", **given) | issue_sheet(situation, "register_page", page)


def numbers_now(situation: Situation) -> Json:
    """The number that comes next in the entry's book."""
    register = situation.record.get("register", "")
    return {"next_number": last_number(situation, register) + 1} if register else {}


def lock_person(situation: Situation, given: Json) -> Changes:
    """Lock the dead person's record in the database of civil status."""
    return {situation.id: {"locked_id": given["locked_id"]}}


def last_number(situation: Situation, register: str) -> int:
    """The highest number that a book holds, the day's own entries included."""
    last: int = max([situation.record["book_last"][register], *_taken(situation, register)])
    return last


def _taken(situation: Situation, register: str) -> Iterator[int]:
    return (one["register_number"] for one in situation.records.values()
            if one.get("register") == register and "register_number" in one)  # fmt: skip


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}
