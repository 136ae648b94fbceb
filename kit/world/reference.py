"""What stands on a counter officer's desk: the office's book of people and units, and the handbook of procedures."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from kit.world.citations import english
from kit.world.draw import World
from kit.world.officials import COMMUNE_DIVISION, WARD_DIVISION
from kit.world.procedures import TRUSTED, Procedure
from kit.world.visits.extracts import MARITAL_FEE

Json = dict[str, Any]
PROVINCE_CODES = {"79": "H29", "22": "H49", "46": "H57"}  # Decision 20/2020/QD-TTg: H29 page, H49 and H57 memory
BODIES = {"SXD": "Sở Xây dựng", "VPDKDD": "Chi nhánh Văn phòng Đăng ký đất đai"}
TRAINING_FEES = {"1.004873": MARITAL_FEE}


@dataclass(frozen=True)
class OfficeBook:
    """`visible` goes into the Script; `signers` (who may sign in which software) is truth for the Key."""

    prefix: str
    visible: Json
    signers: Json


def office_book(world: World, draw: Random) -> OfficeBook:
    """Our office on the day: one leader lacks an account, one has an expired certificate, one can sign."""
    officials = {row["official_id"]: _official(row) for row in world.records("officials")}
    signing = [number for number, official in officials.items() if official["role"] == "signer"]
    fine, missing, expired = draw.sample(signing, 3)
    officials[missing]["accounts"].remove("civil_status")
    officials[expired]["certificate_valid_to"] = f"{world.date.year}-{draw.randint(1, 5):02d}-15"
    capacity = {one: "chairman" if one == signing[0] else "for_chairman" for one in signing}
    name = world.unit["name_vn"]
    visible = {
        "code": world.unit["code"], "short_name": name, "committee": f"UBND {name}",
        "centre": f"Trung tâm Phục vụ hành chính công {name}", "province": world.unit["province_vn"],
        "units": _units(world), "officials": officials, "kind": world.unit["type_vn"].lower(),
        "economy": _economy(world.unit["type_vn"]),
    }  # fmt: skip
    prefix = f"{PROVINCE_CODES.get(world.unit['province_code'], 'H99')}.99.{world.unit['code'][-2:]}.01"
    shared = {"capacities": capacity, "without_account": missing, "expired": expired}
    shared |= {"signer": fine, "token": fine, "capacity": capacity[fine], "outcome": "eligible"}
    signers = {"civil_status": {"signers": [fine], **shared}, "onestop": {"signers": [fine, missing], **shared}}
    return OfficeBook(prefix, visible, signers)


def _economy(kind: str) -> str:
    """What the division of economic affairs is called in a ward, and in any other unit."""
    division, _ = WARD_DIVISION if kind == "Phường" else COMMUNE_DIVISION
    return division[0].upper() + division[1:]


def _official(row: Json) -> Json:
    return {
        "full_name": row["full_name"], "role": row["role"], "post_vi": row["post_vi"], "post_en": row["post_en"],
        "accounts": row["accounts"].split(";"), "certificate_valid_to": row["certificate_valid_to"],
    }  # fmt: skip


def _units(world: World) -> dict[str, str]:
    """Our unit first, then the other units of the province by name, then the bodies above the commune."""
    rows = world.units[world.units["province_code"] == world.unit["province_code"]]
    others = sorted(zip(rows["name_vn"], rows["code"], strict=True))
    ours = {world.unit["code"]: world.unit["name_vn"]}
    return ours | {code: name for name, code in others if code not in ours} | BODIES


def handbook(wanted: Iterable[Procedure]) -> Json:
    """What the counter's book says of each procedure; `mark` where a value is a training value."""
    return {p.code: _page(p) for p in sorted(wanted, key=lambda p: p.code)}


def _page(procedure: Procedure) -> Json:
    fee = TRAINING_FEES.get(procedure.code)
    dotted = f"{fee or 0:,}".replace(",", ".")
    return {
        "name": {"vi": procedure.short_vi, "en": procedure.short_en},
        "time": {"vi": procedure.time_for_training.vi, "en": procedure.time_for_training.en},
        "fee": {
            "vi": f"{dotted} đồng (mức tập huấn); {procedure.fee.vi}" if fee else procedure.fee.vi,
            "en": f"{fee:,} VND (training value); {procedure.fee.en}" if fee else procedure.fee.en,
        },
        "authority": {"vi": procedure.authority.vi, "en": procedure.authority.en},
        "components": [
            {"id": c.id, "vi": c.vi, "en": c.en, "required": {"vi": c.required_vi, "en": c.required}}
            for c in procedure.components
        ],
        "law": procedure.law_read, "law_en": english(procedure.law_read),
        "mark": {"time": procedure.time_for_training.confidence not in TRUSTED,
                 "fee": procedure.fee.needs_mark or fee is not None},
    }  # fmt: skip
