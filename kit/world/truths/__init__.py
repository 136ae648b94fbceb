"""The truths that can be planted in a visit to the counter: what is on the papers, and so what is right to do.

Each truth changes a complete and valid visit in one way. What it returns splits in two: what the trainee sees
(papers, record) and the facts for the key.
"""

from kit.world.truths.competence import boundary_free, land_elsewhere, other_level, wrong_authority
from kit.world.truths.on_paper import (
    altered,
    blank_signature,
    copy_as_original,
    disagreement,
    expired_paper,
    fee_exemption,
    missing_component,
    no_authority,
)
from kit.world.truths.planted import Planted, Truth, complete
from kit.world.truths.under_way import (
    abandoned,
    duplicate,
    online_waiting,
    promise_at_risk,
    restart,
    withdrawal,
    wrong_receiver,
)

CIVIL = ("1.001193", "1.000656", "1.000894", "1.004873", "1.004837", "1.001022", "1.004859")
OUR_CIVIL = ("1.001193", "1.004873", "1.004837")
TRUTHS: dict[str, Truth] = {
    "complete": Truth((*CIVIL, "2.000635", "2.000815", "2.000884", "1.013978", "1.013225"), complete),
    "missing_component": Truth(("1.001193", "1.000656", "1.001022", "1.004859", "1.013225"), missing_component),
    "blank_signature": Truth(("1.000894", "1.001022", "1.001193", "1.004873"), blank_signature),
    "expired_paper": Truth(("2.000884", "1.000894"), expired_paper),
    "disagreement": Truth(("1.001193", "1.000656", "1.004837"), disagreement),
    "wrong_authority": Truth(("1.000894", "1.004873", "1.004837"), wrong_authority, "other_province"),
    "boundary_free": Truth((*OUR_CIVIL, "1.000656"), boundary_free, "same_province"),
    "other_level": Truth(("1.013225",), other_level),
    "land_elsewhere": Truth(("1.013978",), land_elsewhere),
    "copy_as_original": Truth(("2.000815",), copy_as_original),
    "altered": Truth(("2.000815",), altered),
    "no_authority": Truth(("2.000635", "1.004873"), no_authority),
    "fee_exemption": Truth(("1.004873",), fee_exemption),
    "after_fifteen": Truth(("1.001193", "1.000656", "2.000815"), complete),
    "old_address": Truth(("2.000815", "1.004859", "2.000635"), complete),
    "duplicate": Truth(("1.004873", "1.004837"), duplicate),
    "online_waiting": Truth(("1.004873", "2.000635", "1.001193"), online_waiting),
    "no_account": Truth(("1.001193", "1.004873"), complete),
    "promise_at_risk": Truth(("1.004859", "1.004873"), promise_at_risk),
    "restart": Truth(("1.004873", "1.004837", "1.001022"), restart),
    "abandoned": Truth(("1.004873", "1.004859"), abandoned),
    "withdrawal": Truth(("1.004873", "1.004859", "1.001022"), withdrawal),
    "wrong_receiver": Truth(("1.004873", "1.001193"), wrong_receiver),
}

__all__ = ["TRUTHS", "Planted", "Truth"]
