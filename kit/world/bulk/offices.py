"""Officials of each unit's committee and service centre, and their accounts in the systems."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.plain_text import plain
from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.frozen import frozen
from kit.world.bulk.generations import GENERATIONS
from kit.world.bulk.ground import Columns
from kit.world.bulk.kinds import Integers
from kit.world.bulk.lookups import indexes, words
from kit.world.bulk.names_drawn import full_names, name_tables
from kit.world.bulk.of_units import Units
from kit.world.bulk.region import PROVINCES
from kit.world.bulk.shapes import SEXES
from kit.world.bulk.slots import slot_table
from kit.world.bulk.stamps import record_ids
from kit.world.bulk.texts import coded, dates, fours, of_fours

PIECES = 16
YOUNGEST, YEARS = 25, 33  # of age: training values
YEAR = 1461 / 4
SYSTEMS = ("onestop", "civil_status", "documents")
STATES = ("active", "not_issued", "locked")
STATE_WEIGHTS = (900, 60, 40)  # training values
CERTIFICATE_DAYS = 3 * 365
WARD, COMMUNE = ("phòng Kinh tế, Hạ tầng và Đô thị", "phường"), ("phòng Kinh tế", "xã")
ZONE = ("phòng Kinh tế", "đặc khu")


def officials(units: Units) -> Columns:
    """One row for each post of each unit, the chairman first."""
    drawn, number, unit, post = _posts(units)
    sex = (drawn[0] & 1).astype(np.int8)
    age = YOUNGEST * 1461 // 4 + (drawn[1] * (YEARS * 1461 // 4) >> 16)
    born = units.day.toordinal() - EPOCH - age
    issued = units.day.toordinal() - EPOCH - 30 - (drawn[5] * 300 >> 16)
    return {
        "official_id": record_ids("S", number),
        "unit_code": coded(unit.astype(np.int16), units.codes),
        "full_name": _names(units, drawn, sex, born),
        "sex": coded(sex, pa.array(SEXES)),
        "birth_date": dates(born),
        "role": coded(indexes("posts", "role").take(post), words("posts", "role")),
        "field": coded(indexes("posts", "field").take(post), words("posts", "field")),
        "post_vi": _titles(unit, post),
        "email": pa.array(
            [f"cb{one}@{_domains()[at]}" for one, at in zip(number.tolist(), unit.tolist(), strict=True)]
        ),
        "certificate": of_fours((fours("ZF{:02}", 100).take(drawn[6] & 63), fours("{:04}").take(number % 10_000))),
        "certificate_from": dates(issued),
        "certificate_to": dates(issued + CERTIFICATE_DAYS),
    }


def accounts(units: Units) -> Columns:
    """One row for each system of each post; some accounts are not issued yet, some locked."""
    drawn, number, unit, post = _posts(units)
    holds = np.array([[system in text.split(";") for system in SYSTEMS] for text in frozen("posts").texts("accounts")])
    row, system = np.nonzero(holds[post])
    state = slot_table(np.array(STATE_WEIGHTS)).take(drawn[7:10].ravel().take(system * len(number) + row))
    return {
        "account_id": record_ids("T", number.take(row) * len(SYSTEMS) + system),
        "official_id": record_ids("S", number.take(row)),
        "unit_code": coded(unit.take(row).astype(np.int16), units.codes),
        "system": coded(system.astype(np.int8), pa.array(SYSTEMS)),
        "state": coded(state.astype(np.int8), pa.array(STATES)),
        "first_login_done": pa.array((state == 0) & (drawn[10].take(row) < 52_429)),
    }


def _posts(units: Units) -> tuple[Integers, Integers, Integers, Integers]:
    """16-bit numbers, the official's number, the unit and the post of each row."""
    posts = len(frozen("posts"))
    drawn = units.pieces("officials").reshape(-1, posts, PIECES).take(units.rows, axis=0)
    post = np.tile(np.arange(posts), len(units.rows))
    unit = np.repeat(units.rows, posts)
    return drawn.reshape(-1, PIECES).T.astype(np.int64, order="C"), unit * posts + post, unit, post


def _names(units: Units, drawn: Integers, sex: Integers, born: Integers) -> pa.Array:
    tables = name_tables()
    province = units.province.repeat(len(frozen("posts")))
    surname = _surnames().take((province << 16) + drawn[3])
    year = born.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    group = sex * len(GENERATIONS) + np.searchsorted(np.array(GENERATIONS), year, side="right")
    name = tables.drawn.take((group.astype(np.int64) << 16) + drawn[4])
    clash = tables.clashes.take(surname.astype(np.int64) * len(tables.neutral) + name)
    return full_names(surname, np.where(clash, tables.neutral.take(name), name))


@cache
def _surnames() -> Integers:
    """Slots of surnames for each province, without those of one-word names."""
    table = frozen("surnames")
    named = np.array([text not in ("", "Tôn Nữ", "Tôn Thất") for text in table.texts("surname")])
    return np.concatenate([slot_table(np.where(named, table.integers(f"p{code}"), 0)) for code in PROVINCES])


@cache
def _domains() -> list[str]:
    table = frozen("places")
    names = dict(zip(table.texts("unit_code"), table.texts("unit"), strict=True))
    return [f"{plain(name).replace(' ', '-')}-{code}.example" for code, name in names.items()]


def _titles(unit: Integers, post: Integers) -> pa.DictionaryArray:
    texts, kinds = frozen("posts").texts("vi"), _kinds()
    made = [text.format(division=division, kind=kind) for division, kind in (WARD, COMMUNE, ZONE) for text in texts]
    every = list(dict.fromkeys(made))
    place = np.array([every.index(text) for text in made], dtype=np.int8)
    return coded(place.take(kinds.take(unit) * len(texts) + post), pa.array(every))


@cache
def _kinds() -> Integers:
    """0 ward, 1 commune, 2 special zone."""
    table = frozen("places")
    names = dict(zip(table.texts("unit_code"), table.texts("unit"), strict=True))
    kinds = ("Phường", "Xã", "Đặc khu")
    return np.array([[name.startswith(kind) for kind in kinds].index(True) for name in names.values()])
