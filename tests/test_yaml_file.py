import time

import pytest

from kit import home
from kit.errors import BrokenFile
from kit.yaml_file import parse_yaml, read_yaml


def refused(text, **options):
    with pytest.raises(BrokenFile) as caught:
        parse_yaml(text, "bài.yaml", **options)
    assert caught.value.vi != caught.value.en
    return caught.value.en


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "off", "Null", "012", "079123456789", "001204000123", "12:30:45", "2025-06-12",
     "0o17", "0x1F", "1_000", "1e3", "+5", ".5", "1.001193", "2.000635", "True", "-07", "٣"],
)  # fmt: skip
def test_text_stays_text(text):
    assert parse_yaml(f"id: {text}").data == {"id": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("7", 7), ("-3", -3), ("0", 0), ("3.59", 3.59), ("null", None),
     ("~", None), ("", None), ("'7'", "7"), ('"true"', "true"), ("''", "")],
)  # fmt: skip
def test_scalars(text, value):
    found = parse_yaml(f"key: {text}").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text():
    assert parse_yaml("1: a\nno: b\ntrue: c\n").data == {"1": "a", "no": "b", "true": "c"}


def test_lines_of_paths():
    document = parse_yaml("title: x\ninjects:\n  - minute: 3\n  - name: a\n    minute: 5\n    given: {a: 1}\n")
    assert document.line(("injects", 1, "minute")) == 5
    assert document.line(("injects", 1)) == 4
    assert document.line(("injects", 1, "given", "a")) == 6
    assert document.line(("injects", 1, "missing")) == 4
    assert document.line(()) == 1


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: &x 1\nb: 2\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "anchor"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "tag"),
        ("a: !!int '7'\n", 1, "tag"),
        ("a: ! 7\n", 1, "tag"),
        ("a: 1\nb: 2\na: 3\n", 3, "duplicate key: a"),
        ("a: 1\n'a': 3\n", 2, "duplicate key: a"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "key"),
        ("a: 1\n--- \nb: 2\n", 3, "several documents"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a:\tb\n\tc: 1", 2, "not YAML"),
    ],
)
def test_refusals_name_file_line_and_reason(text, line, word):
    message = refused(text)
    assert message.startswith(f"bài.yaml:{line}: ")
    assert word in message


def test_deep_nesting_is_refused_quickly():
    started = time.perf_counter()
    assert "nested deeper" in refused("[" * 5000 + "]" * 5000)
    assert time.perf_counter() - started < 2


def test_size_limit_counts_bytes():
    text = "a: ế\n"
    assert parse_yaml(text, limit=7).data == {"a": "ế"}
    assert "larger than 6 bytes" in refused(text, limit=6)


def test_file_limit_and_encoding(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(BrokenFile, match=r"x\.yaml:2: the file must be UTF-8"):
        read_yaml(path)
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path).data == {"a": 1}
    path.write_text("a" * 300_000)
    with pytest.raises(BrokenFile, match="larger than 262144 bytes"):
        read_yaml(path)
    with pytest.raises(BrokenFile, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")


def test_control_characters_are_refused():
    assert "not YAML" in refused("a: \x00\n")


def test_empty_text_is_nothing():
    assert parse_yaml("").data is None


@pytest.mark.parametrize("path", sorted(home.datasets().glob("*.yaml")), ids=lambda path: path.name)
def test_every_dataset_passes_the_strict_door(path):
    assert read_yaml(path).data
