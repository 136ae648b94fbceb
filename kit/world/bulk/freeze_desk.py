"""The one-stop desk's frozen tables: procedures with who may apply, papers, paths through the ten states, shares."""

from typing import Any

from kit.world.procedures import Component, Procedure, procedures

Rows = list[dict[str, Any]]
TRAINING = {"source": "TRAIN", "confidence": "training"}
# Who may apply (applicants.GROUPS) and how often, for each procedure; those left out: any adult, 10. Training values.
WHO = {
    "1.001193": ("infant", 1200), "2.002621": ("infant", 800), "1.000689": ("fatherless_infant", 6000),
    "2.000528": ("fatherless_infant", 2500), "1.000656": ("elder", 60), "2.002622": ("elder", 40),
    "1.001731": ("elder", 30), "1.000894": ("unmarried", 110), "2.000806": ("unmarried", 8),
    "1.004873": ("unmarried", 130), "1.014027": ("aged", 160), "1.001776": ("poor", 160), "1.011606": ("poor", 200),
    "1.004837": ("foster", 1200), "2.001263": ("foster", 1200), "1.001022": ("fatherless", 160),
    "1.013978": ("head", 12), "1.013831": ("head", 26), "1.012812": ("head", 2), "1.012796": ("head", 4),
    "1.013225": ("head", 16), "2.001035": ("head", 10), "1.001612": ("head", 24), "1.001266": ("head", 7),
    "1.004222": ("head", 24), "2.000815": ("adult", 150), "2.000884": ("adult", 40), "2.000635": ("adult", 40),
    "2.002516": ("adult", 6), "1.004859": ("adult", 8), "2.001909": ("adult", 6), "2.001801": ("adult", 5),
    "2.002409": ("adult", 1), "2.002396": ("adult", 1), "2.000908": ("adult", 6), "1.004884": ("adult", 5),
}  # fmt: skip
POLICE, LAND = "Công an cấp xã", "Chi nhánh Văn phòng Đăng ký đất đai"
BODIES = {"1.004222": POLICE, "1.013831": LAND}
COMMUNE = "Ủy ban nhân dân cấp xã"
FINANCIAL = ("đất đai", "xây dựng")  # groups whose results wait for a payment
COPIES = {"page": 12, "copy": 5, "event": 2}  # the most that are asked for at once: training values
WHEN = {
    "always": ("always", 1000), "if parents are married": ("parents_married", 1000),
    "if divorced": ("divorced", 1000), "if divorced or widowed": ("was_married", 1000),
    "if abandoned": ("never", 0), "if surrogacy": ("chance", 2), "if by proxy": ("chance", 100),
    "if look-up fails": ("chance", 50), "if one parent is foreign": ("chance", 1000), "by group": ("chance", 1000),
    "if no notification": ("chance", 20), "optional": ("chance", 500),
}  # fmt: skip
SOMETIMES = ("chance", 200)
PATHS = (  # the states of the portal in their order, with weights: training values
    ("returned", "1 2 4 9 10", 800), ("supplement", "1 5 2 4 9 10", 110), ("financial", "1 2 4 6 9 10", 0),
    ("withdrawn", "1 2 4 7", 12), ("stopped", "1 2 4 8", 6), ("refused", "1 3", 22), ("closed", "1 5 8", 12),
)  # fmt: skip
HOURS = (4, 2, 1, 1, 1, 3, 12, 30, 58, 66, 60, 48, 30, 40, 56, 54, 46, 36, 26, 34, 44, 40, 26, 12)
SHARES: tuple[tuple[str, int, str, str, str], ...] = (
    ("dossiers_a_day", 845, "of a million people", "PG-HCM2M", "page"),  # 366,897 in July 2025; 14 million: memory
    ("online", 636, "of a thousand dossiers", "PG-HONGGAI", "page"),
    ("non_boundary", 246, "of a thousand dossiers", "PG-HONGGAI", "page"),
    ("post", 30, "of a thousand dossiers", "TRAIN", "training"),
    ("late", 40, "of a thousand dossiers", "TRAIN", "training"),
)
SHARE = ("share", "value", "unit", "source", "confidence")


def desk_tables() -> dict[str, Rows]:
    """The tables by name."""
    return {
        "dossier_procedures": [_procedure(procedure) for procedure in procedures().values()],
        "dossier_components": [_component(p, c) for p in procedures().values() for c in p.components],
        "dossier_paths": [{"path": p, "states": s, "weight": w} | TRAINING for p, s, w in PATHS],
        "dossier_hours": [{"hour": hour, "weight": weight} | TRAINING for hour, weight in enumerate(HOURS)],
        "desk_shares": [dict(zip(SHARE, row, strict=True)) for row in SHARES],
    }


def _procedure(procedure: Procedure) -> dict[str, Any]:
    who, weight = WHO.get(procedure.code, ("adult", 10))
    time, fee = procedure.time, procedure.fee
    return {
        "code": procedure.code, "name_vi": procedure.short_vi, "name_en": procedure.short_en, "who": who,
        "weight": weight, "channels": " ".join(one for one in procedure.channels if one != "e-copy"),
        "body": BODIES.get(procedure.code, COMMUNE), "financial": int(procedure.group in FINANCIAL),
        "time_unit": time.unit if time else "", "time_value": time.value if time else 0,
        "same_day": int(time.same_day) if time else 0, "time_confidence": time.confidence if time else "",
        "fee_vnd": "" if fee.amount_vnd is None else fee.amount_vnd, "copies": COPIES.get(fee.per, 1),
        "fee_confidence": fee.confidence, "source": "procedures.yaml; who and weight: TRAIN", "confidence": "training",
    }  # fmt: skip


def _component(procedure: Procedure, component: Component) -> dict[str, Any]:
    when, chance = WHEN.get(component.required, SOMETIMES)
    return {
        "procedure": procedure.code, "component": component.id, "required": component.required, "when": when,
        "per_thousand": chance, "source": "procedures.yaml; per_thousand: TRAIN", "confidence": procedure.confidence,
    }  # fmt: skip
