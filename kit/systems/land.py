"""The land software in the ward: find the parcel, enter the change, send to the registration branch, tax notice.

Who decides (the land registration branch, after the commune's centre received) is read on the national portal
(1.013831, portal); that parcels hide under the dissolved ward's code is the friction that Phong Dien reported (seed).
Steps and forms are training values. The rules refuse only what such software refuses; the parcel of somebody else,
the wrong branch or a second search under the wrong code goes through and is found by the evaluation.
"""

from kit.systems import land_rules as rules
from kit.systems.form import Action, Field, Shown, System

STATE = {
    "parcel_sought": 0, "parcel_found": 2, "change_entered": 4, "with_branch": 6, "duty_noticed": 6,
    "duty_settled": 9, "parcel_passed": 10, "parcel_closed": 10,
}  # fmt: skip
LOOKED_FOR = frozenset({"parcel_sought", "parcel_found"})
OPEN = LOOKED_FOR | {"change_entered", "with_branch"}
CHANGES = ("first_registration", "inheritance", "gift", "transfer")
PROBLEMS = ("no_permission", "not_synchronised", "old_code_only")

WHY, AMOUNT = Field("reason", "long_text"), Field("amount", "number")

LAND = System(
    name="land",
    lists="parcel_matter",
    states=STATE,
    shows=(
        Shown("code"), Shown("due", "day", "due_date"), Shown("found_under"), Shown("found_parcel"),
        Shown("parcel_holder"), Shown("change_kind", "choice.change_kind"), Shown("receiver_body", "body"),
        Shown("receiver_unit", "unit"), Shown("tax_duty", "money"), Shown("pay_by", "day"),
        Shown("support_asked", "choice.support_problem"), Shown("tax_receipt"),
    ),
    routine=("find_parcel", "enter_change", "send_to_branch"),
    actions=(
        Action("find_parcel", "land_officer", 2, LOOKED_FOR,
               (Field("unit_code", "text"), Field("map_sheet", "count"), Field("parcel_number", "count")),
               rules.find_parcel),
        Action("ask_land_support", "land_officer", 3, OPEN,
               (Field("support_problem", "choice", PROBLEMS), WHY), rules.ask_land_support),
        Action("enter_change", "land_officer", 4, frozenset({"parcel_found"}),
               (Field("change_kind", "choice", CHANGES), Field("parcel_holder", "text")), rules.enter_change),
        Action("pass_parcel", "land_officer", 2, LOOKED_FOR, (Field("receiver_unit", "unit"), WHY), rules.pass_parcel),
        Action("send_to_branch", "land_officer", 2, frozenset({"change_entered"}),
               (Field("receiver_body", "body"), Field("transfer_note", "long_text", required=False)),
               rules.send_to_branch),
        Action("recall_from_branch", "land_officer", 2, frozenset({"with_branch"}), (WHY,), rules.recall_from_branch),
        Action("send_duty_notice", "land_officer", 2, frozenset({"with_branch", "duty_noticed"}),
               (AMOUNT, Field("pay_by", "date")), rules.send_duty_notice),
        Action("settle_duty", "cashier", 2, frozenset({"duty_noticed"}),
               (AMOUNT, Field("receipt_number", "text")), rules.settle_duty),
        Action("close_parcel", "land_officer", 1, frozenset({"duty_settled"}), (), rules.close_parcel),
    ),
)  # fmt: skip
