"""papermill's engine `kit` writes the notebook that the default engine writes, and contains what a cell can do."""

import json
import os
import re
import sqlite3
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from kit import kernels
from tests.warm import gone, soon

pytestmark = pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork")

EVERYTHING = [
    "number = 1",
    "import sys\nprint('one')\nprint('two')\nprint('lỗi', file=sys.stderr)\nnumber + 6",
    "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>ô</b>'), metadata={'kept': True})",
    "handle = display('before', display_id='spot')\nprint('gone')\nclear_output()\nhandle.update('after')",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2, number])\nplt.show()",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "import os, time\nos.system('echo from a child process')\ntime.sleep(0.5)  # a busy kernel reads it late",
    "import ipywidgets\nipywidgets.IntSlider(value=3, description='Số')",
    "%%capture caught\nprint('kept away')",
    "input('?')",
    "1 / 0",
    "In[2], _3 if '_3' in dir() else None, get_ipython().execution_count",
]
FAILS = {9, 10}


def everything() -> Any:
    cells = [new_code_cell(code, id=f"c{place}") for place, code in enumerate(EVERYTHING)]
    cells[0].metadata["tags"] = ["parameters"]
    for place in FAILS:
        cells[place].metadata["tags"] = ["raises-exception"]
    cells[3:3] = [new_markdown_cell("# Tiêu đề", id="m"), new_code_cell("  ", id="e"), new_raw_cell("raw", id="r")]
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": python})


def allowed_to_fail(notebook: Any) -> bool:
    """papermill tells of an error in the end even where the notebook goes on after it."""
    return any("raises-exception" in cell.metadata.get("tags", []) for cell in notebook.cells)


def run(notebook: Any, folder: Path, name: str = "kit", **given: Any) -> Any:
    nbformat.write(notebook, folder / "in.ipynb")
    engine = None if name == "default" else name
    given = {"engine_name": engine, "kernel_name": "python3", "progress_bar": False, "cwd": str(folder), **given}
    with pytest.raises(papermill.PapermillExecutionError) if allowed_to_fail(notebook) else nullcontext():
        papermill.execute_notebook(str(folder / "in.ipynb"), str(folder / "out.ipynb"), **given)
    return nbformat.read(folder / "out.ipynb", 4)


def compared(notebook: Any) -> Any:
    """A notebook without its times; printed text joined, for a kernel sends it whenever it likes."""
    plain = json.loads(nbformat.writes(notebook))
    for metadata in [plain["metadata"], *(cell["metadata"] for cell in plain["cells"])]:
        for name in ("start_time", "end_time", "duration") if "papermill" in metadata else ():
            metadata["papermill"][name] = metadata["papermill"][name] is not None
        metadata["execution"] = sorted(metadata.get("execution", ()))
    for cell in plain["cells"]:
        cell["id"] = len(cell["id"])  # papermill's own cells have random ones
        if cell["cell_type"] == "code":
            cell["outputs"] = joined(cell["outputs"])
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    ids = dict.fromkeys(re.findall(r"\b[0-9a-f]{32}\b", text))
    for place, one in enumerate(sorted(ids, key=text.index)):
        text = text.replace(one, f"id-{place}")
    return json.loads(re.sub(r"ipykernel_\d+", "ipykernel", text))


def joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    streams: dict[str, str] = {}
    for one in outputs:
        if one["output_type"] == "stream":
            streams[one["name"]] = streams.get(one["name"], "") + "".join(one["text"])
    return [one for one in outputs if one["output_type"] != "stream"] + [streams]


def test_it_writes_what_the_default_engine_writes(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # where it is set, a kernel does not show what child processes print
    given = {"parameters": {"number": 41}}
    ours, theirs = (compared(run(everything(), tmp_path, engine, **given)) for engine in ("kit", "default"))
    for one, other in zip(ours["cells"], theirs["cells"], strict=True):
        assert one == other
    ours["metadata"].pop("widgets"), theirs["metadata"].pop("widgets")  # in any order
    assert ours == theirs


def test_widgets_keep_their_state(tmp_path):
    kept = run(everything(), tmp_path).metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    assert any(one.state.get("value") == 3 and one.state.get("description") == "Số" for one in kept.values())


FAILURES = {
    "raises": ("raise ValueError('sai')", "ValueError: sai"),
    "exits": ("import sys; sys.exit(4)", "SystemExit: 4"),
    "leaves": ("import os; os._exit(5)", "DeadKernelError: the cell ended its process: exit code 5"),
    "crashes": ("import ctypes; ctypes.string_at(0)", "DeadKernelError: the cell ended its process: SIGSEGV"),
    "hangs": ("while True: pass", "CellTimeoutError: the cell ran for more than 1 s"),
    "sleeps in C": ("import ctypes; ctypes.CDLL(None).sleep(600)", "CellTimeoutError: the cell ran for more than 1 s"),
    "eats memory": ("x = bytearray(10**12)", "MemoryError: "),
    "eats memory slowly": ("x = []\nwhile True: x.append(bytearray(10**7))", "MemoryError: "),
    "prints without end": ("while True: print('x' * 10**5)", "OutputTooLong: the notebook's output is more than 5 MB"),
    "prints beneath": ("import os; os.system('yes | head -c 20000000')", "OutputTooLong: "),
}


@pytest.mark.parametrize("how", FAILURES)
def test_a_cell_that_fails_in_any_way_fails_its_notebook_alone_with_the_reason(how, tmp_path):
    code, reason = FAILURES[how]
    others = set(psutil.Process().children())  # of tests before
    seconds = 1 if "1 s" in reason else 100
    notebook = new_notebook(cells=[new_code_cell(one) for one in ("print('before')", code, "print('after')")])
    with pytest.raises(papermill.PapermillExecutionError) as failed:
        run(notebook, tmp_path, execution_timeout=seconds, memory_mb=300, output_mb=5)
    assert f"{failed.value.ename}: {failed.value.evalue}".startswith(reason)
    written = nbformat.read(tmp_path / "out.ipynb", 4)
    states = [cell.metadata.papermill.status for cell in written.cells if "papermill" in cell.metadata]
    assert states == ["completed", "failed", "pending"] and written.metadata.papermill.exception is True
    assert "An Exception was encountered" in written.cells[0].source
    assert (tmp_path / "out.ipynb").stat().st_size < 6 * 2**20
    assert soon(lambda: not set(psutil.Process().children()) - others)


def test_what_a_cell_forks_or_starts_is_gone_afterwards_and_says_nothing_twice(tmp_path):
    code = "import os, subprocess, time\nchild = os.fork()\nif not child: time.sleep(0.05)\nprint('once')"
    started = "print(child, subprocess.Popen(['sleep', '600']).pid)"
    done = run(new_notebook(cells=[new_code_cell(code), new_code_cell(started)]), tmp_path)
    assert [output.text for output in done.cells[0].outputs] == ["once\n"]
    assert all(soon(lambda pid=pid: gone(int(pid))) for pid in done.cells[1].outputs[0].text.split())


def test_notebooks_share_no_state_and_no_random_numbers(tmp_path):
    code = "import random, numpy\nprint(random.random(), numpy.random.rand(), 'seen' in dir())\nseen = 1"
    done = [run(new_notebook(cells=[new_code_cell(code)]), tmp_path) for _ in range(3)]
    drawn = [one.cells[0].outputs[0].text.split() for one in done]
    assert len({word for words in drawn for word in words[:2]}) == 6 and {words[2] for words in drawn} == {"False"}


def test_a_process_with_threads_is_not_forked_itself(tmp_path):
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    code = "import os, threading; print(os.getppid(), sorted(one.name for one in threading.enumerate()))"
    try:
        done = run(new_notebook(cells=[new_code_cell(code)]), tmp_path, progress_bar=True)
    finally:
        release.set()
        thread.join()
    parent, names = done.cells[0].outputs[0].text.strip().split(" ", 1)
    assert int(parent) != os.getpid() and names == "['MainThread', 'kit-warm-line']"


def test_a_process_with_an_open_database_is_not_forked_itself(tmp_path):
    kept = sqlite3.connect(tmp_path / "log.sqlite")
    kept.execute("PRAGMA journal_mode = WAL")
    kept.execute("CREATE TABLE log (line)")
    opened = f"sqlite3.connect({str(tmp_path / 'log.sqlite')!r})"
    code = f"import sqlite3; print(list({opened}.execute('SELECT * FROM log')))"
    for _ in range(2):
        assert run(new_notebook(cells=[new_code_cell(code)]), tmp_path).cells[0].outputs[0].text == "[]\n"
    kept.close()


def test_where_there_is_no_fork_the_default_engine_runs(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "fork")
    done = run(new_notebook(cells=[new_code_cell("print(get_ipython().kernel.implementation)")]), tmp_path)
    assert done.cells[0].outputs[0].text == "ipython\n"
