"""The project obeys its own rules, and each rule is seen to find what it forbids."""

import json

import pytest

from tests.house import notebooks, source, text
from tests.house.__main__ import ROOT, problems

FORBIDDEN = {
    "eval": "eval('1')",
    "eval put aside": "run = eval",
    "exec": "exec('a = 1')",
    "builtins": "import builtins\nbuiltins.eval('1')",
    "pandas eval": "frame.eval('a + b')",
    "pickle": "import pickle",
    "from pickle": "from pickle import loads",
    "pickle inside": "def read():\n    import pickle as p\n    return p",
    "marshal": "import marshal",
    "dill": "import dill",
    "joblib": "from joblib.numpy_pickle import load",
    "import_module": "import importlib\nimportlib.import_module('pickle')",
    "read_pickle": "import pandas\npandas.read_pickle('x')",
    "yaml.load": "import yaml\nyaml.load('a', Loader=yaml.Loader)",
    "yaml.safe_load": "import yaml\nyaml.safe_load('a')",
    "yaml by another name": "import yaml as y\ny.safe_load_all('a')",
    "from yaml": "from yaml import safe_load",
    "widgets.HTML": "import ipywidgets as widgets\nwidgets.HTML('<b>')",
    "ipywidgets.HTMLMath": "import ipywidgets\nipywidgets.HTMLMath('x')",
    "widgets.HTML put aside": "import ipywidgets as widgets\nHtml = widgets.HTML",
    "a subclass": "import ipywidgets as widgets\nclass Mine(widgets.HTML): pass",
    "from ipywidgets": "from ipywidgets import HTML",
    "from inside ipywidgets": "from ipywidgets.widgets import HTML",
    "HTML description": "import ipywidgets\nipywidgets.Text(description_allow_html=True)",
    "a style put aside": "style = frame.style",
    "a style shown": "frame.style.hide().to_html()",
    "a style with another escape": "frame.style.format(escape='latex')",
    "an escape elsewhere": "show(frame.style.hide(), escape='html')",
    "Styler": "from pandas.io.formats.style import Styler\nStyler(frame)",
    "print": "print('x')",
    "not Python": "def",
}
ALLOWED = {
    "evaluate": "evaluate(key, events)",
    "yaml events": "import yaml\nyaml.dump({}); yaml.YAMLError",
    "json": "import json\njson.load(file); json.loads('1')",
    "another HTML": "from kit.ui.html import HTML\nHTML('x')",
    "a widget's style": "button.style.button_color = 'red'\nbutton.style = {'description_width': 'initial'}",
    "HTML as a type": "import ipywidgets as w\ndef f(a: w.HTML | None) -> list[w.HTML]:\n    b: w.HTML",
    "a function named style": "papers.style()",
    "an escaped style": "frame.style.hide().format(escape='html').to_html()",
    "an escaped Styler": "Styler(frame, escape='html')",
    "a word": "text = 'print(eval(x))'",
}


def test_the_project_obeys():
    assert problems() == []


@pytest.mark.parametrize("code", FORBIDDEN.values(), ids=FORBIDDEN)
def test_forbidden(code):
    assert source.problems_of("kit/x.py", code)


@pytest.mark.parametrize("code", ALLOWED.values(), ids=ALLOWED)
def test_allowed(code):
    assert source.problems_of("kit/x.py", code) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("kit/yaml_file.py", "import yaml\nyaml.safe_load('a')"),
        ("kit/ui/html.py", "import ipywidgets\nipywidgets.HTML('a')"),
        ("kit/cli/apps.py", "print('a')"),
    ],
)
def test_the_one_place_where_it_is_allowed(name, code):
    assert source.problems_of(name, code) == []
    assert source.problems_of("grading/x.py", code)


def test_kernels_stand_apart():
    for line in ("from kit.event import Event", "import kit", "from grading.evaluate import evaluate"):
        assert source.problems_of("kit/kernels/pool.py", line)
        assert source.problems_of("kit/attempt.py", line) == []
    assert source.problems_of("kit/kernels/pool.py", "from kit.kernels.warm import Warm\nimport tornado") == []


def test_where_the_problem_is():
    assert source.problems_of("kit/x.py", "a = 1\nprint(a)") == ["kit/x.py:2: print outside kit/cli/"]


@pytest.mark.parametrize(("lines", "found"), [(40, 0), (41, 1)])
@pytest.mark.parametrize("start", ["def f():", "async def f():", "class A:\n  def f(self):"])
def test_long_functions(start, lines, found):
    body = "\n    a = 1" * (lines - 1)
    assert len(source.too_long("kit/x.py", start + body)) == found


@pytest.mark.parametrize(("lines", "found"), [(220, 0), (221, 1)])
def test_long_files(lines, found):
    assert len(source.too_long("kit/x.py", "a = 1\n" * lines)) == found


@pytest.mark.parametrize(
    "line",
    [
        "see https://luat.test/x",
        "src='//x' href='http://cdn.test/a.js'",
        "HTTPS://FILES.TEST",
        "https://localhost.evil.test/",
        "https://notexample.community/",
        'f"http://{host}:1"',
        f"cd {ROOT}/kit",
        "open('/tmp/a')",
        "/home/lan/kit",
        "/Users/lan/kit",
        r"C:\Users\lan",
    ],
)
def test_no_address_and_no_machine(line):
    assert text.problems_of("kit/x.css", f"ok\n{line}")[0].startswith("kit/x.css:2: ")


@pytest.mark.parametrize(
    "line",
    [
        'f"http://127.0.0.1:{port}/voila"',
        "http://localhost:8866",
        "xmlns='http://www.w3.org/2000/svg'",
        "https://phuong.example/tra-cuu",
        "https://example.com",
        "sổ theo dõi work/home",
        "exercises/01/home/brief.md",
        "{base}/home/",
    ],
)
def test_this_computer_and_examples_may_be_named(line):
    assert text.problems_of("kit/x.css", line) == []


def notebook(*cells, kernel="python3", **metadata):
    """A notebook file's text with these code cells."""
    whole = {"cells": [{"cell_type": "markdown", "source": ["# x"]}], "nbformat": 4, "nbformat_minor": 5}
    whole["cells"] += [{"cell_type": "code", "outputs": [], "execution_count": None, **cell} for cell in cells]
    whole["metadata"] = {"kernelspec": {"name": kernel}, **metadata}
    return json.dumps(whole)


def lines(number):
    return {"source": ["a = 1\n"] * number}


@pytest.mark.parametrize(
    "content",
    [
        notebook({"source": ["a"], "outputs": [{"output_type": "stream", "text": "1"}]}),
        notebook({"source": ["a"], "execution_count": 1}),
        notebook(lines(1), kernel="venv"),
        notebook(lines(1), widgets={"state": {}}),
        notebook(lines(16)),
        notebook(*[lines(1)] * 13),
        notebook({"source": "import pickle"}),
        notebook({"source": ["eval('1')"]}),
        "{",
    ],
    ids=["outputs", "count", "kernel", "widgets", "long cell", "many cells", "pickle", "eval", "not JSON"],
)
def test_notebooks_that_are_not_thin_and_stripped(content):
    assert notebooks.problems_of("notebooks/x.ipynb", content)


def test_a_thin_and_stripped_notebook():
    assert notebooks.problems_of("notebooks/x.ipynb", notebook(*[lines(15)] * 12)) == []
