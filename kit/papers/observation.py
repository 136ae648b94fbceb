"""The line under a paper: what an eye sees of the paper itself, never whether that is acceptable."""

from kit.papers.sheet import Sheet
from kit.words import say

ON_SCREEN = frozenset({  # what software shows, and nobody has printed
    "account_extract", "address_sheet", "bank_message", "bridge_screen", "caller_words", "certificate_extract",
    "citizen_message", "email_message", "filing_message", "filing_sheet", "filing_words", "parcel_answer",
    "parcel_sheet", "payment_log", "payment_request", "petition_ticket", "photo_note", "population_answer",
    "register_answer", "staff_message", "state_sheet",
})  # fmt: skip


def observation(sheet: Sheet, language: str) -> str:
    """Material, stamp, signatures and traces in one neutral sentence; it names no field."""
    return say("seen.line", language, what=", ".join([*_material(sheet, language), *_traces(sheet, language)]))


def _material(sheet: Sheet, language: str) -> list[str]:
    if sheet.medium == "certified_copy":
        certifier = sheet.text("certifier") or say("seen.some_certifier", language)
        return [*_named(_print(sheet), language), say("seen.certified", language, certifier=certifier)]
    return _named(_print(sheet), language)


def _named(things: list[str], language: str) -> list[str]:
    return [say(f"seen.{thing}", language) for thing in things]


def _print(sheet: Sheet) -> list[str]:
    """What it is made of, and what stands on it."""
    if sheet.medium == "electronic":
        return ["electronic", *(["digitally_signed"] if sheet.text("e_signer") else [])]
    marks = _marks(sheet)
    if sheet.medium != "original":
        return ["black", *([f"black_{'_and_'.join(marks)}"] if marks else [])]
    return ["on_screen"] if sheet.form.kind in ON_SCREEN else [sheet.form.layout, *marks]


def _marks(sheet: Sheet) -> list[str]:
    """Which of stamp and signature are on the paper."""
    signed = [place for place in sheet.form.signatures if sheet.text(place.field) and not place.unsigned]
    stamped = any(place.stamp for place in signed) or bool(sheet.text(sheet.form.attestation[1]))
    return [word for word, there in (("stamp", stamped), ("signature", bool(signed))) if there]


def _traces(sheet: Sheet, language: str) -> list[str]:
    count = len(sheet.alterations)
    return [say(f"seen.erased_{'one' if count == 1 else 'many'}", language, count=count)] if count else []
