"""The page's files: Voila's script brings the pieces that it would fetch one by one."""

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kit.kernels.visitors.static import packed

STATIC = Path(sys.prefix) / "share/jupyter/voila/templates/base/static"


def test_the_main_script_carries_all_its_pieces_and_ends_as_it_was():
    text = gzip.decompress(packed(str(STATIC / "voila.js"), 1))
    main = (STATIC / "voila.js").read_bytes()
    named = {name for name in STATIC.glob("*.voila.js") if f".e({name.name.split('.')[0]})".encode() in main}
    assert len(named) > 20 and text.endswith(main)
    assert all(name.read_bytes() in text for name in named)


def test_other_scripts_are_sent_as_they_are():
    piece = next(STATIC.glob("*.voila.js"))
    assert gzip.decompress(packed(str(piece), 1)) == piece.read_bytes()


@pytest.mark.skipif(not shutil.which("node"), reason="no node")
def test_the_script_with_its_pieces_is_a_script(tmp_path):
    script = tmp_path / "voila.js"
    script.write_bytes(gzip.decompress(packed(str(STATIC / "voila.js"), 1)))
    tried = subprocess.run(["node", "--check", str(script)], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
