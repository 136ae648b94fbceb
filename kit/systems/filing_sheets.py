"""What the papers of filings and of their payments have in common: number, heading, day, amounts."""

from kit.systems.form import Json, Situation
from kit.systems.sheets import place_date


def head(situation: Situation) -> Json:
    """Who issues, number, place and day, and the filing's code, as every paper of these systems has them."""
    code = situation.record["code"]
    return {
        "issuer": situation.office["centre"], "number": f"{situation.moment:%d%m}-{code[-6:]}",
        "place_date": place_date(situation), "filing_code": code,
    }  # fmt: skip
