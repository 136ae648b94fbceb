"""One desk for the tests of the registers, the land software and the bottleneck report: an office and one matter."""

from datetime import datetime
from typing import Any

import pytest

from kit.systems.form import Refused, Situation, System

MORNING = datetime(2025, 7, 1, 9)
OUR, OTHER = "26740", "26737"
LONG = "2027-01-01"
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
OFFICIALS = {
    "CB01": ("signer", "Chủ tịch UBND phường", ["civil_status"], "2025-06-30"),
    "CB02": ("signer", "Phó Chủ tịch UBND phường", ["civil_status"], "2025-07-01"),
    "CB03": ("signer", "Phó Chủ tịch UBND phường", ["onestop"], LONG),
    "CB04": ("division_head", "Chánh Văn phòng", ["civil_status"], LONG),
    "CB07": ("specialist", "Công chức tư pháp - hộ tịch", ["civil_status"], LONG),
    "CB08": ("specialist", "Công chức địa chính - xây dựng", ["onestop"], LONG),
}


def desk(record: dict[str, Any], *others: dict[str, Any]) -> Situation:
    """A matter beside others, in an office with one leader who can approve today and two who cannot."""
    officials = {
        number: {"full_name": f"Lê {number}", "role": role, "post_vi": post, "accounts": accounts,
                 "certificate_valid_to": valid}
        for number, (role, post, accounts, valid) in OFFICIALS.items()
    }  # fmt: skip
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn", "officials": officials,
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường Tân Định"},
        "bodies": {"branch_1": {"vi": "Chi nhánh khu vực 1"}, "branch_2": {"vi": "Chi nhánh khu vực 2"}},
    }  # fmt: skip
    known = {"code": "TL-250701-0001-A", "who": "Trần Thị Tập", "title": "Việc", "due_date": "2025-07-03"}
    records = {"M-1": {**known, **record}} | {f"M-{at}": {**known, **one} for at, one in enumerate(others, start=2)}
    return Situation("M-1", records["M-1"], MORNING, office, records)


def refusal(system: System, action: str, situation: Situation, form: dict[str, Any]) -> tuple[str, str]:
    """Why the software says no to a form, and at which entry."""
    with pytest.raises(Refused) as no:
        system.decide(action, situation, form)
    return no.value.reason, no.value.field
