"""What may be done with a matter of the land software: each action's rule, from the record to what it changes."""

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.loop_papers import issue_sheet
from kit.systems.sheets import addressee, vietnamese_day

PROBLEM_NAMES = {
    "old_code_only": "Thửa đất chỉ tra được theo mã đơn vị hành chính cũ",
    "not_synchronised": "Dữ liệu không đồng bộ giữa phần mềm một cửa và phần mềm đất đai",
    "no_permission": "Tài khoản chưa được phân quyền tra cứu, nhập liệu",
}
NOT_FOUND = "Không có thửa đất nào khớp mã đơn vị, tờ bản đồ, số thửa đã nhập"


def find_parcel(situation: Situation, given: Json) -> Changes:
    """Look a parcel up by unit code, map sheet and number; what is not there is answered, not refused."""
    parcel: Json = next((one for one in situation.record["parcels"] if _is(one, given)), {})
    place = f"Tờ bản đồ {given['map_sheet']}, thửa {given['parcel_number']}"
    answer = {
        "unit_code": given["unit_code"], "parcel_place": place, "holder_name": parcel.get("holder", ""),
        "land_address": parcel.get("address", ""), "area": parcel.get("area", ""),
        "current_unit": parcel.get("current_unit", ""), "result": "Có dữ liệu" if parcel else NOT_FOUND,
    }  # fmt: skip
    sheet = issue_sheet(situation, "parcel_answer", answer)
    if not parcel:
        return {situation.id: {"searches": situation.record.get("searches", 0) + 1}} | sheet
    return _move(situation, "parcel_found", found_under=given["unit_code"], found_parcel=place) | sheet


def _is(parcel: Json, given: Json) -> bool:
    asked = (given["unit_code"].upper(), given["map_sheet"], given["parcel_number"])
    return (str(parcel["unit_code"]), parcel["map_sheet"], parcel["parcel_number"]) == asked


def ask_land_support(situation: Situation, given: Json) -> Changes:
    """Tell the support contact of the land software what is wrong, in writing; the dossier stays in the system."""
    letter = {"receiver": "Đầu mối hỗ trợ phần mềm đất đai, Văn phòng đăng ký đất đai",
              "problem": PROBLEM_NAMES[given["support_problem"]], "reason": given["reason"]}  # fmt: skip
    kept = {situation.id: {"support_asked": given["support_problem"]}}
    return kept | issue_sheet(situation, "land_support_request", letter)


def enter_change(situation: Situation, given: Json) -> Changes:
    """Enter the change that is registered, on the parcel that was found."""
    return _move(situation, "change_entered", **given)


def pass_parcel(situation: Situation, given: Json) -> Changes:
    """Pass the matter on to the unit in which the parcel lies today."""
    if given["receiver_unit"] == situation.office["code"]:
        raise Refused("own_unit", "receiver_unit")
    slip = {"receiver": addressee(situation.office["units"][given["receiver_unit"]]), "reason": given["reason"],
            "parcel_place": situation.record.get("found_parcel", "")}  # fmt: skip
    kept = {"receiver_unit": given["receiver_unit"]}
    return _move(situation, "parcel_passed", **kept) | issue_sheet(situation, "parcel_transfer", slip)


def send_to_branch(situation: Situation, given: Json) -> Changes:
    """Send the electronic file to a land registration branch."""
    slip = {"receiver": situation.office["bodies"][given["receiver_body"]]["vi"], "reason": given["transfer_note"],
            "parcel_place": situation.record.get("found_parcel", "")}  # fmt: skip
    kept = {"receiver_body": given["receiver_body"]}
    return _move(situation, "with_branch", **kept) | issue_sheet(situation, "parcel_transfer", slip)


def recall_from_branch(situation: Situation, given: Json) -> Changes:
    """Take the file back from a branch that is not in charge."""
    return _move(situation, "change_entered", receiver_body="")


def send_duty_notice(situation: Situation, given: Json) -> Changes:
    """Send the tax authority's notice to the citizen, or send it again."""
    if given["pay_by"] < situation.today():
        raise Refused("date_in_the_past", "pay_by")
    money = f"{given['amount']:,} đồng".replace(",", ".")
    sheet = issue_sheet(situation, "duty_notice", {"duty": money, "due_at": vietnamese_day(given["pay_by"])})
    return _move(situation, "duty_noticed", tax_duty=given["amount"], pay_by=given["pay_by"]) | sheet


def settle_duty(situation: Situation, given: Json) -> Changes:
    """Record the receipt of the treasury or bank."""
    return _move(situation, "duty_settled", tax_receipt=given["receipt_number"])


def close_parcel(situation: Situation, given: Json) -> Changes:
    """The result is in the land register: nothing more to do here."""
    return _move(situation, "parcel_closed")


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}
