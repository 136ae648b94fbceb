"""Every column of the tables beyond households and citizens, described like theirs."""

from kit.world.bulk.columns import BUILT, DATE, DICTIONARY, REFERENCE, TEXT, TRAINING, Column

MOMENT, SINCE = "timestamp[s]", "local time, to the minute"
OPEN = "not reached by the end of the day"
DESK = "dossier_procedures.csv (training), dossier_paths.csv (training)"


def _reached(name: str, what: str, source: str = DESK) -> Column:
    return Column(name, MOMENT, f"{what}; {SINCE}", source, OPEN)


DOSSIERS = (
    Column("dossier_id", TEXT, "D and twice the household's number, plus 1 for its second dossier", BUILT),
    Column("code", TEXT,
           "H29.99.26.04-250612-0007: province, 99, end of the unit's code, desk, day filed, serial; unique in the "
           "first 500,000 households", "onestop.yaml dossier_code (page)"),
    Column("procedure_code", DICTIONARY, "code of procedures.yaml", "dossier_procedures.csv who, weight (training)"),
    Column("applicant_id", TEXT, REFERENCE, BUILT),
    Column("subject_id", TEXT, f"the child it is about: {REFERENCE}", BUILT, "is about no child"),
    Column("household_id", TEXT, "row of households", BUILT),
    Column("receiving_unit_code", DICTIONARY, "where it was filed, regardless of boundary",
           "desk_shares.csv non_boundary (page)"),
    Column("competent_unit_code", DICTIONARY, "where the household lives", BUILT),
    Column("competent_body", DICTIONARY, "who decides in that unit", "procedures.yaml authority (page)"),
    Column("channel", DICTIONARY, "counter, online, post", "desk_shares.csv online (page), post (training)"),
    Column("components", DICTIONARY, "ids of the papers filed, joined by semicolons",
           "dossier_components.csv (portal; training)"),
    Column("complete", "bool", "every required paper was there at filing", DESK),
    Column("copies", "int8", "pages, copies or events asked for", TRAINING),
    Column("fee_vnd", "int32", "VND, amount times copies", "procedures.yaml fee (each its own)",
           "set by the provincial council"),
    Column("filed", MOMENT, f"handed in or sent: state 1 of what comes online or by post; {SINCE}",
           "desk_shares.csv volume (page)"),
    _reached("asked", "state 5: more papers; then the time restarts", "Decree 118/2025 Art 19(5) (primary)"),
    _reached("received", "state 2, received as complete: the time runs from here"),
    Column("due_date", DATE, "day of the promised result", "procedures.yaml time, calendar.csv (package)",
           "not received, or no time given"),
    _reached("refused", "state 3"),
    _reached("processing", "state 4"), _reached("financial", "state 6, payment asked for"),
    _reached("withdrawn", "state 7"), _reached("stopped", "state 8, also closed 15 days after state 5"),
    _reached("processed", "state 9, the result is ready; 4 % late (training)"), _reached("returned", "state 10"),
    Column("state", "int8", "1-10, the ten states of the portal at the end of the day", "onestop.yaml states (page)"),
)  # fmt: skip
PETITIONS = (
    Column("petition_id", TEXT, "P and the household's number", BUILT),
    Column("petitioner_id", TEXT, f"head of the household: {REFERENCE}", BUILT),
    Column("household_id", TEXT, "row of households", BUILT),
    Column("unit_code", DICTIONARY, "where the matter is", BUILT),
    Column("old_ward_code", DICTIONARY, "its old ward", BUILT),
    Column("address_is_old", "bool", "the person gives the address before 1 July 2025", TRAINING),
    Column("channel", DICTIONARY, "hotline, app, web, email, social", "petition_channels.csv (training)"),
    Column("field", DICTIONARY, "id of petition_fields.csv", "petition_fields.csv weight (training)"),
    Column("content", DICTIONARY, "in Vietnamese", "petition_contents.csv (training)"),
    Column("competent", DICTIONARY, "unit, police, department, utility", "petition_fields.csv (training)"),
    Column("code", TEXT, "1022-250612-00042: day and serial; unique in the first 100,000 households",
           "portal1022.yaml (training)"),
    Column("sent", MOMENT, f"at any hour; {SINCE}", "record_facts.csv petitions (training)"),
    Column("answer_due", MOMENT, "office hours, emergencies by the clock", "petition_fields.csv answer (training)"),
    *(_reached(name, what, TRAINING) for name, what in (
        ("forwarded", "to the body in charge"), ("accepted", "by the unit"), ("returned", "not the unit's matter"),
        ("answered", "8 % late"), ("closed", "one day after the answer"))),
    Column("state", DICTIONARY, "new, forwarded, accepted, returned, answered, closed",
           "portal1022.yaml states (training)"),
)  # fmt: skip
PARCELS = (
    Column("parcel_id", TEXT, "L and the household's number", BUILT),
    Column("owner_id", TEXT, f"head of the household: {REFERENCE}", BUILT),
    Column("household_id", TEXT, "row of households", BUILT),
    Column("unit_code", DICTIONARY, "unit since 1 July 2025", BUILT),
    Column("old_ward_code", DICTIONARY, "ward before", "ward_map.csv (package)"),
    Column("split_ward", "bool", "the old ward belongs to several units now", "ward_map.csv (package)"),
    Column("code_old", TEXT, "old ward, map sheet, parcel; unique in the first million households", TRAINING),
    Column("code_new", TEXT, "unit, new map sheet, new parcel", TRAINING),
    Column("use", DICTIONARY, "ODT urban housing, ONT rural housing, CLN perennial crops, LUC wet rice",
           "symbols memory, shares training"),
    Column("area_m2", "int32", "square metres", TRAINING),
    Column("certificate", TEXT, "two letters of FJWZ, eight digits", TRAINING, "no certificate"),
    Column("certificate_issued", DATE, "day since 1994", TRAINING, "no certificate"),
    Column("certificate_issuer", DICTIONARY, "office that issued it, by its name then: the old district's committee or "
           "the land registry", "ward_map.csv (package), shares training", "no certificate"),
    Column("office_closed", "bool", "that office ended on 30 June 2025", "ward_map.csv (package), shares training"),
)  # fmt: skip
MEMBERS = (
    Column("member_id", TEXT, "M and the household's number", BUILT),
    Column("citizen_id", TEXT, REFERENCE, BUILT),
    Column("household_id", TEXT, "row of households", BUILT),
    Column("unit_code", DICTIONARY, "of the household", BUILT),
    Column("organisation_id", DICTIONARY, "cell of the neighbourhood: row of party_organisations", BUILT),
    Column("joined", DATE, "day, from the age of 18 on", "record_facts.csv members (training), member_age (memory)"),
    Column("official", "bool", "12 months and more since joining", "record_facts.csv probation (memory)"),
)  # fmt: skip
OFFICIALS = (
    Column("official_id", TEXT, "S and the place of the unit among all, times 13, plus the post", BUILT),
    Column("unit_code", DICTIONARY, "code of units.csv", BUILT),
    Column("full_name", TEXT, "surname first", "surnames.csv (package), names.csv (package)"),
    Column("sex", DICTIONARY, "male or female", TRAINING), Column("birth_date", DATE, "25 to 57 years old", TRAINING),
    Column("role", DICTIONARY, "role of onestop.yaml", "posts.csv (training)"),
    Column("field", DICTIONARY, "what the official works on", "posts.csv (training)"),
    Column("post_vi", DICTIONARY, "title", "posts.csv (training)"),
    Column("email", TEXT, "under .example", TRAINING),
    Column("certificate", TEXT, "serial of the digital signature, ZF and six digits", TRAINING),
    Column("certificate_from", DATE, "day", TRAINING), Column("certificate_to", DATE, "three years later", TRAINING),
)  # fmt: skip
ACCOUNTS = (
    Column("account_id", TEXT, "T and three times the official's number, plus the system", BUILT),
    Column("official_id", TEXT, "row of officials", BUILT),
    Column("unit_code", DICTIONARY, "of the official", BUILT),
    Column("system", DICTIONARY, "onestop, civil_status, documents", "posts.csv accounts (training)"),
    Column("state", DICTIONARY, "active, not_issued, locked", TRAINING),
    Column("first_login_done", "bool", "has changed the first password", TRAINING),
)  # fmt: skip
DOCUMENTS = (
    Column("document_id", TEXT, "B and the place of the unit among all, times 480, plus the row", BUILT),
    Column("unit_code", DICTIONARY, "whose register", BUILT),
    Column("direction", DICTIONARY, "incoming, outgoing", TRAINING),
    Column("register_number", "int32", "from 1 in each series, without a gap", "Decree 30/2020 (primary)"),
    Column("agency", DICTIONARY, "who issued it", "document_agencies.csv (training)"),
    Column("type", DICTIONARY, "name in Vietnamese", "document_types.csv (primary)"),
    Column("symbol", TEXT, "15/QĐ-UBND, 124/UBND-VP, 05-NQ/ĐU", "Decree 30/2020 (primary); divisions training"),
    Column("subject", DICTIONARY, "in Vietnamese", "document_subjects.csv (training)"),
    Column("urgency", DICTIONARY, "normal, urgent, very_urgent, express",
           "document_urgency.csv (names primary, shares training)"),
    Column("lead", DICTIONARY, "division that handles or drafts it", "document_subjects.csv (training)"),
    Column("fault", DICTIONARY, "none, or why it is returned", "document_faults.csv (training)"),
    Column("dated", DATE, "day on the document", TRAINING),
    Column("registered", MOMENT, SINCE, "480 in 60 working days (training)"),
    _reached("passed_on", "to the lead, to the sender if faulty, or out", "same or next working day (primary)"),
    Column("due_date", DATE, "to be handled by", TRAINING, "outgoing or returned"),
    _reached("handled", "answered or done", TRAINING),
    Column("state", DICTIONARY, "registered, transferred, handled, returned, signed, issued",
           "documents.yaml (training)"),
)  # fmt: skip
CERTIFICATES = (
    Column("certificate_id", TEXT, "G and the household's number", BUILT),
    Column("kind", DICTIONARY, "birth of the eldest child, marriage of the parents", TRAINING),
    Column("household_id", TEXT, "row of households", BUILT),
    Column("holder_id", TEXT, f"the child or the husband: {REFERENCE}", BUILT),
    Column("spouse_id", TEXT, f"the wife: {REFERENCE}", BUILT, "a birth"),
    Column("unit_code", DICTIONARY, "where the household lives", BUILT),
    Column("old_ward_code", DICTIONARY, "its old ward", "ward_map.csv (package)"),
    Column("number", TEXT, "Z and eight digits; unique in the first 100 million households", TRAINING),
    Column("issued", DATE, "day on the paper: of the registration, or of the department's extract", TRAINING),
    Column("issuer", DICTIONARY, "office on the paper, by its name of 30 June 2025 if it is from before 1 July 2025",
           "ward_map.csv (package), certificates.yaml (training)"),
    Column("issuer_level", DICTIONARY, "ward, district, department, unit, foreign", TRAINING),
    Column("office_closed", "bool", "the office ended on 30 June 2025", "ward_map.csv (package), shares training"),
    Column("country", DICTIONARY, "name in Vietnamese, of a marriage abroad", "certificates.yaml (training)",
           "registered in Viet Nam"),
    Column("noted", DATE, "day on which a marriage abroad was noted in the civil register here",
           "certificates.yaml noted (training)", "registered in Viet Nam, or not noted yet"),
)  # fmt: skip
UNITS = (
    Column("unit_code", TEXT, "code of units.csv", "units.csv (package)"),
    Column("name_vn", TEXT, "name in Vietnamese", "units.csv (package)"),
    Column("name_en", TEXT, "name in English", "units.csv (package)"),
    Column("type_vn", TEXT, "Phường, Xã or Đặc khu", "units.csv (package)"),
    Column("province_code", TEXT, "code of the province", "units.csv (package)"),
    Column("province_vn", TEXT, "name of the province", "units.csv (package)"),
    Column("old_wards", TEXT, "names of the old wards, with their district; * is split", "units.csv (package)"),
    Column("old_wards_count", "int8", "old wards of which it was made", "units.csv (package)"),
    Column("split_wards_count", "int8", "of them, those that other units have land of too", "ward_map.csv (package)"),
)  # fmt: skip
MILLION = "millions of VND"
PROJECTS = (
    Column("project_id", TEXT, "J and the place of the unit among all, times 12, plus the row", BUILT),
    Column("unit_code", DICTIONARY, "where it lies", BUILT),
    Column("second_unit_code", TEXT, "another unit it also lies in", TRAINING, "lies in one unit"),
    Column("old_ward_code", DICTIONARY, "an old ward of the unit", "ward_map.csv (package)"),
    Column("name_vi", DICTIONARY, "what is built, and a street", "project_names.csv (training)"),
    Column("field", DICTIONARY, "transport, water, agriculture, social", "project_groups.csv (memory)"),
    Column("group", DICTIONARY, "A, B, C by capital and field", "project_groups.csv (memory), shares training"),
    Column("capital_million_vnd", "int64", MILLION, TRAINING),
    Column("funding", DICTIONARY, "commune, province, old_district", "project_funding.csv (training)"),
    Column("authority", DICTIONARY, "commune_council, provincial_council", "projects.yaml authorities (memory)"),
    Column("status", DICTIONARY, "id of project_statuses.csv", "project_statuses.csv (training)"),
    Column("plan_million_vnd", "int64", MILLION, TRAINING), Column("spent_million_vnd", "int64", MILLION, TRAINING),
    Column("advance_million_vnd", "int64", f"{MILLION}, not yet recovered", TRAINING),
    Column("guarantee_ends", DATE, "day", TRAINING, "nothing spent yet"),
)  # fmt: skip
ORGANISATIONS = (
    Column("organisation_id", TEXT, "the unit's code; a cell adds the old ward and a number", BUILT),
    Column("parent_id", TEXT, "the unit's committee", BUILT, "is the committee"),
    Column("unit_code", DICTIONARY, "code of units.csv", BUILT),
    Column("kind", DICTIONARY, "committee, cell", "party.yaml (training)"),
    Column("name_vi", TEXT, "name", TRAINING),
    Column("most_delegates", "int16", "delegates at its congress", "record_facts.csv delegates (page)", "is a cell"),
)  # fmt: skip
MORE = {
    "dossiers": DOSSIERS, "petitions": PETITIONS, "parcels": PARCELS, "party_members": MEMBERS,
    "certificates": CERTIFICATES, "units": UNITS,
    "officials": OFFICIALS, "accounts": ACCOUNTS, "documents": DOCUMENTS, "projects": PROJECTS,
    "party_organisations": ORGANISATIONS,
}  # fmt: skip
