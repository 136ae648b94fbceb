"""content_hash notices whatever changes in what the tables say, and nothing else."""

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kit.world.bulk import content_hash

ROWS = 5_000
FEW, MANY = [("nam", "nữ", "")[at % 3] for at in range(ROWS)], [f"C{at:011}" for at in range(ROWS)]
KINDS = {
    "few": (FEW, pa.string(), "nu"),
    "many": (MANY, pa.string(), "C99999999999"),
    "uneven": ([text[: at % 9] + "ệ" for at, text in enumerate(MANY)], pa.string(), "z" * 300),
    "flag": ([at % 2 == 0 for at in range(ROWS)], pa.bool_(), None),
    "tiny": ([at % 100 for at in range(ROWS)], pa.int8(), -128),
    "amount": (list(range(ROWS)), pa.int32(), -(2**31)),
    "large": (list(range(ROWS)), pa.int64(), 2**62),
    "share": ([at / 7 for at in range(ROWS)], pa.float64(), 1e300),
    "day": ([date.fromordinal(700_000 + at) for at in range(ROWS)], pa.date32(), date(1969, 1, 1)),
    "moment": ([datetime(2025, 6, 1, at % 24) for at in range(ROWS)], pa.timestamp("s"), datetime(1960, 1, 1)),
}


def hashed(column, name="a", table="t"):
    return content_hash({table: pa.table({name: column})})


def column(kind, changes=()):
    plain, type_, _ = KINDS[kind]
    return pa.array([dict(changes).get(at, value) for at, value in enumerate(plain)], type_)


@pytest.mark.parametrize("at", [0, 17, ROWS - 1])
@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_value_and_a_null_are_noticed(kind, at):
    plain, _, other = KINDS[kind]
    wrong = (not plain[at]) if kind == "flag" else other
    zero = {"flag": False, "few": "", "many": "", "uneven": "", "share": 0.0}.get(kind)
    found = {hashed(column(kind)), hashed(column(kind, {at: None})), hashed(column(kind, {at: wrong}))}
    assert len(found) == 3
    if zero is not None:
        assert hashed(column(kind, {at: None})) != hashed(column(kind, {at: zero}))


@pytest.mark.parametrize("kind", KINDS)
def test_names_order_and_length_are_noticed(kind):
    usual = column(kind)
    order = np.r_[1, 0, 2:ROWS]
    others = [
        hashed(usual, name="b"), hashed(usual, table="u"), hashed(usual.take(pa.array(order))), hashed(usual[1:]),
        hashed(usual[:-1]), content_hash({"t": pa.table({"a": usual, "b": usual})}), content_hash({}),
    ]  # fmt: skip
    assert len({hashed(usual), *others}) == 8


def test_types_are_told_apart():
    numbers = pa.array([1, 0, None, 1])
    types = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.float32(), pa.float64(), pa.bool_(),
             pa.string(), pa.date32()]  # fmt: skip
    found = {hashed(numbers.cast(pa.int32()).cast(kind)) for kind in types}
    zoned = numbers.cast(pa.timestamp("s"))
    found |= {hashed(zoned), hashed(zoned.cast(pa.timestamp("s", "Asia/Ho_Chi_Minh")))}
    assert len(found) == len(types) + 2
    with pytest.raises(TypeError, match="list"):
        hashed(pa.array([[1]]))


def test_columns_cannot_run_into_one_another():
    assert (
        len({hashed(pa.array(texts)) for texts in (["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"], ["abc"])}) == 5
    )
    one, two = pa.array(["x"]), pa.array(["y"])
    assert content_hash({"t": pa.table({"a": one, "b": two})}) != content_hash({"t": pa.table({"a": two, "b": one})})


@pytest.mark.parametrize("kind", KINDS)
def test_chunks_slices_and_moments_in_other_units_leave_no_trace(kind):
    usual = column(kind, {3: None})
    cut = pa.chunked_array([usual[:1], usual[1:1], usual[1:4_100], usual[4_100:]])
    padded = pa.concat_arrays([usual[5:16], usual, usual[:3]])[11:-3]
    assert hashed(cut) == hashed(padded) == hashed(usual)
    if kind == "moment":
        assert hashed(usual.cast(pa.timestamp("ms"))) == hashed(usual)


@pytest.mark.parametrize("kind", ["few", "many", "uneven"])
def test_dictionaries_leave_no_trace(kind):
    usual = column(kind, {3: None})
    coded = usual.dictionary_encode()
    words = pa.concat_arrays([pa.array(["unused", None]), coded.dictionary[::-1], coded.dictionary]).cast(pa.string())
    last = len(coded.dictionary) + 1
    codes = pa.array([None if code is None else last - code for code in coded.indices.to_pylist()], pa.int32())
    turned = pa.DictionaryArray.from_arrays(codes, words)
    null_word = pa.DictionaryArray.from_arrays(turned.indices.fill_null(1), words)
    others = [
        coded,
        turned,
        null_word,
        usual.cast(pa.large_string()),
        coded[7:],
        pa.chunked_array([coded[:9], turned[9:]]),
    ]
    expected = [hashed(usual)] * 4 + [hashed(usual[7:]), hashed(usual)]
    assert [hashed(one) for one in others] == expected


@pytest.mark.parametrize("kind", ["few", "many", "tiny", "day"])
def test_what_stands_below_a_null_leaves_no_trace(kind):
    usual = column(kind)
    valid = np.ones(ROWS, dtype=bool)
    valid[[0, 9]] = False
    bits = pa.py_buffer(np.packbits(valid, bitorder="little"))
    hidden = pa.Array.from_buffers(usual.type, ROWS, [bits, *usual.buffers()[1:]])
    assert hashed(hidden) == hashed(column(kind, {0: None, 9: None}))


TEXTS = some.lists(some.one_of(some.none(), some.text(max_size=3), some.just("y" * 260)), max_size=40)


@given(TEXTS, TEXTS, some.integers(0, 40))
def test_any_texts(texts, others, at):
    plain, coded = pa.array(texts, pa.string()), pa.array(texts, pa.string()).dictionary_encode()
    assert hashed(plain) == hashed(coded) == hashed(pa.chunked_array([coded[:at], plain[at:].dictionary_encode()]))
    assert (hashed(pa.array(others, pa.string())) == hashed(plain)) == (texts == others)
