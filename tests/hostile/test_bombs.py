"""Files that explode when they are read: refused within a second and 100 MB, with a sentence."""

import subprocess
import sys

import pytest

MEASURED = """
import resource, sys, time
from pathlib import Path
from kit.errors import KitError
from kit.yaml_file import read_yaml
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    read_yaml(Path(sys.argv[1]))
    print("read")
except KitError as error:
    print(type(error).__name__)
print(time.process_time() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
BOMBS = {
    "aliases": "b0: &b0 [x, x, x, x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 40)),
    "a long scalar": "a: " + "x" * 10_000_000,
    "depth": "[" * 100_000,
    "flow maps": "{a: " * 50_000,
    "indents": "".join(" " * n + "a:\n" for n in range(3_000)),
    "tags": "a: !!python/object/apply:os.system [id]\n",
    "merge": "a: &a {b: 1}\nc: {<<: *a}\n",
    "twice": "a: 1\na: 2\n",
    "not a number": "a: .nan\nb: 1e999\nc: " + "9" * 100_000,
    "many documents": "---\n" * 100_000,
    "NUL": "a: \0\n",
    "no UTF-8": None,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_yaml_that_explodes_is_refused_at_once(name, tmp_path):
    file = tmp_path / "scenario.yaml"
    file.write_bytes(b"a: \xff\xfe\n" if BOMBS[name] is None else BOMBS[name].encode())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)], capture_output=True, text=True, timeout=60, check=True
    )
    said, cost = ran.stdout.split("\n")[:2]
    seconds, megabytes = map(float, cost.split())
    assert said in ("BrokenFile", "read"), ran.stdout
    assert said == "BrokenFile" or name == "not a number"
    assert seconds < 1
    assert megabytes < 100
