"""kit world for provinces and the country: what it prints, what it writes, and how a mistake is explained."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from subprocess import CompletedProcess

import pyarrow.parquet as parquet
import pytest

from kit.cli import main
from kit.world.bulk import Region, content_hash, draw


def kit(*words: str) -> "CompletedProcess[str]":
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        try:
            code = main(("world", *words))
        except SystemExit as end:
            code = int(end.code or 0)
    return CompletedProcess(words, code, out.getvalue(), error.getvalue())


def told(*words: str) -> dict:
    done = kit(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("named", ["hcm", "79", "HCM"])
def test_a_province_is_drawn_and_named(named):
    found = told("--province", named, "--people", "300", "--seed", "4")
    assert (found["province"], found["unit"], found["seed"], found["date"]) == ("79", None, 4, "2025-07-01")
    assert (
        found["name"] == "Thành phố Hồ Chí Minh" and found["tables"]["citizens"] >= 300 and len(found["digest"]) == 32
    )


def test_what_is_written_is_what_is_printed_for_any_workers(tmp_path):
    asked = ("--province", "hue", "--unit", "19930", "--people", "200")
    plain, written = told(*asked), told(*asked, "--out", str(tmp_path / "new"), "--workers", "2")
    about = json.loads((tmp_path / "new" / "dataset.json").read_text(encoding="utf-8"))
    assert plain == written and plain["unit"] == "19930"
    assert (about["content_hash"], about["rows"]) == (plain["digest"], plain["tables"])
    people = parquet.read_table(tmp_path / "new" / "citizens")
    asked_for = draw(Region.unit("19930"), 1, date(2025, 7, 1), (0, about["households"]))["citizens"]
    assert content_hash({"c": people}) == content_hash({"c": asked_for})


def test_the_country_and_a_default_unit():
    assert told("--province", "all", "--people", "100")["province"] == "all"
    assert told("--workers", "1", "--people", "100")["unit"] == "26740"


def test_the_check_prints_the_report():
    done = kit("--province", "hcm", "--people", "5000", "--check")
    assert (
        done.returncode == 0 and " 0 vi phạm / violations" in done.stdout and "surnames of province 79" in done.stdout
    )
    assert told("--province", "hcm", "--people", "5000", "--check")["check"]["good"] is True


def test_a_check_that_fails_is_exit_code_1(monkeypatch):
    from kit.cli import bulk_worlds

    def shuffled(*asked):
        tables = draw(*asked)
        ids = tables["citizens"]["personal_id"].to_pylist()
        place = tables["citizens"].column_names.index("personal_id")
        return tables | {"citizens": tables["citizens"].set_column(place, "personal_id", [ids[::-1]])}

    monkeypatch.setattr(bulk_worlds, "draw", shuffled)
    done = kit("--province", "hcm", "--people", "500", "--check")
    assert done.returncode == 1 and "✗ personal_ids_tell_the_sex" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--province", "hanoi"), "hue"), (("--province", "quang ninh city"), "quangninh"),
        (("--province", ""), "hcm"),
        (("--province", "hue", "--unit", "26740"), "Hồ Chí Minh"),
        (("--province", "hcm", "--unit", "Sai Gonn"), "26740"),
        (("--province", "hcm", "--unit", ""), ""), (("--workers", "2", "--dask", "tcp://127.0.0.1:1"), "--dask"),
        (("--province", "hcm", "--out", "/dev/null/x"), "/dev/null/x"),
        (("--edge", "twin=3"), "twins, "), (("--edge", "twins=-1"), "twins=-1"), (("--edge", "twins=2000"), "1000"),
        (("--edge", "twins"), "“twins”"),
    ],
)  # fmt: skip
def test_a_mistake_is_explained_in_both_languages(words, said):
    done = kit(*words)
    vi, en = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "") and vi != en and said in vi and said in en


def test_an_edge_case_is_drawn_as_often_as_asked(tmp_path):
    asked = ("--province", "hcm", "--people", "3000", "--edge", "closed_office=0", "--edge", "married_abroad=1000")
    found = told(*asked, "--check", "--out", str(tmp_path / "new"))
    about = json.loads((tmp_path / "new" / "dataset.json").read_text(encoding="utf-8"))
    assert about["edge_cases_per_mille"]["married_abroad"] == 1000 and found["check"]["good"]
    papers = parquet.read_table(tmp_path / "new" / "certificates").to_pandas()
    assert not papers.office_closed.any() and papers.country[papers.kind == "marriage"].notna().all()


def test_a_folder_without_a_name_is_wrong_use():
    done = kit("--province", "hcm", "--out", "")
    assert done.returncode == 2 and "thiếu tên thư mục" in done.stderr


@pytest.mark.parametrize("people", ["0", "-1", "1.5", "200000000", "9" * 5_000, "x"])
def test_an_absurd_size_is_wrong_use(people):
    done = kit("--province", "all", "--people", people)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("usage: kit")
