"""Datasets on disk: whole or not there, the same for any workers, readable by programs that are not ours."""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kit import dask_cluster
from kit.errors import KitError, WrongUse
from kit.world.bulk import Region, content_hash, draw, identity
from kit.world.bulk.parquet_file import ParquetFile
from kit.world.bulk.workers import dask, processes
from kit.world.bulk.writing import BLOCK, Dataset, Written, drawn, one_by_one, write_dataset
from kit.world.whole_folder import whole_folder
from tests.depth import depth

TODAY = date(2025, 6, 12)
HUE = Region.province("46")
THREE_PARTS = Dataset(HUE, 5, TODAY, 2 * BLOCK + 7, affairs=False, blocks_in_part=1)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> tuple[Path, Written]:
    folder = tmp_path_factory.mktemp("data") / "hue"
    return folder, write_dataset(Dataset.of_people(HUE, 1, TODAY, 9_000), folder)


@pytest.fixture(scope="module")
def alone() -> str:
    return drawn(THREE_PARTS, one_by_one(THREE_PARTS, None)).content_hash


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- The file format -------------------------------------------------------------------------------------------


def saved(tmp_path: Path, table: pa.Table, groups: int = 1) -> Path:
    path = tmp_path / "t.parquet"
    path.unlink(missing_ok=True)
    with ParquetFile(path, table.schema, frozenset(table.schema.names)) as file:
        for _ in range(groups):
            file.write(table)
    return path


def test_every_type_comes_back(tmp_path):
    table = pa.table({
        "text": pa.array(["Nguyễn Thị Ái", None, "", "x" * 300, "y" * 40_000] * 70),
        "few": pa.array(["nam", None, "nữ", "nam", "nam"] * 70).dictionary_encode(),
        "flag": pa.array([True, None, False, True, True] * 70),
        "day": pa.array([TODAY, None, date(1900, 1, 1), TODAY, TODAY] * 70),
        "tiny": pa.array([1, None, -128, 127, 0] * 70, pa.int8()),
        "small": pa.array([1, None, -32_768, 32_767, 0] * 70, pa.int16()),
        "amount": pa.array([1, None, -(2**31), 2**31 - 1, 0] * 70, pa.int32()),
        "large": pa.array([1, None, -(2**63), 2**63 - 1, 0] * 70),
        "share": pa.array([0.5, None, -1e300, 1e-300, 0.0] * 70),
        "moment": pa.array([0, None, 1_750_000_000, -5, 1] * 70, pa.timestamp("s")),
    })  # fmt: skip
    back = parquet.read_table(saved(tmp_path, table, groups=3))
    assert back.schema.field("moment").type == pa.timestamp("ms")
    assert back.to_pylist() == table.to_pylist() * 3


@given(some.lists(some.one_of(some.none(), some.text(max_size=9), some.just("z" * 200)), max_size=300), some.booleans())
def test_any_texts_come_back(tmp_path_factory, texts, as_dictionary):
    column = pa.array(texts, pa.string())
    table = pa.table({"a": column.dictionary_encode() if as_dictionary else column}).slice(1)
    assert parquet.read_table(saved(tmp_path_factory.mktemp("t"), table))["a"].to_pylist() == texts[1:]


def test_a_type_nobody_has_and_other_columns_are_refused(tmp_path):
    with pytest.raises(TypeError, match="a: list"):
        saved(tmp_path, pa.table({"a": [[1]]}))
    with ParquetFile(tmp_path / "b", pa.schema([("a", pa.int8())]), frozenset()) as file, pytest.raises(TypeError):
        file.write(pa.table({"b": pa.array([1], pa.int8())}))


# --- The dataset -----------------------------------------------------------------------------------------------


def test_the_files_say_what_was_drawn(small):
    folder, written = small
    people = parquet.read_table(folder / "citizens")
    asked = draw(HUE, 1, TODAY, (0, written.dataset.households))
    assert people.num_rows == written.rows["citizens"] >= 9_000
    assert content_hash({"citizens": people}) == content_hash({"citizens": asked["citizens"]})
    assert content_hash({"h": parquet.read_table(folder / "households")}) == content_hash({"h": asked["households"]})


def test_dataset_json_names_it(small):
    folder, written = small
    about = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    assert about["identity"] == identity(1)
    assert (about["rows"], about["content_hash"]) == (written.rows, written.content_hash)
    assert about["notice"].startswith("BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")
    for name, rows in about["files"].items():
        assert parquet.read_metadata(folder / name).num_rows == rows
    assert left(folder) == sorted([*written.rows, "dataset.json"])


@pytest.mark.parametrize("people", [1, 2, 500, 57_000])
def test_whole_households_for_at_least_so_many(people):
    dataset = Dataset.of_people(HUE, 3, TODAY, people)
    sizes = draw(HUE, 3, TODAY, (0, dataset.households))["households"]["size"].to_pylist()
    assert sum(sizes) >= people > sum(sizes[:-1]) or (people > 50_000 and sum(sizes) == pytest.approx(people, rel=0.01))


def test_the_size_of_the_files_leaves_no_trace(alone):
    larger = replace(THREE_PARTS, blocks_in_part=2)
    assert drawn(larger, one_by_one(larger, None)).content_hash == alone


def test_the_number_of_processes_leaves_no_trace(tmp_path, alone):
    """Two processes for three parts: one of them draws two. Dask does the same below with one worker and two."""
    written = write_dataset(THREE_PARTS, tmp_path / "new", processes(2))
    assert written.content_hash == alone
    assert left(tmp_path / "new" / "citizens") == [f"part-{number:05}.parquet" for number in range(3)]


def test_dask_workers_write_the_same_or_nothing(tmp_path, alone):
    """One worker, then two."""
    distributed = pytest.importorskip("distributed", reason='DASK TESTS SKIPPED: pip install -e ".[scale]"')
    with (
        distributed.LocalCluster(1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        for count in (1, 2):
            cluster.scale(count)
            client.wait_for_workers(count)
            (tmp_path / f"{count}").mkdir()
            _written_or_nothing(tmp_path / f"{count}", client, alone)


def _written_or_nothing(folder: Path, client, alone: str) -> None:
    run = dask(client.scheduler.address)
    assert write_dataset(THREE_PARTS, folder / "new", run).content_hash == alone
    client.run(resource.setrlimit, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    with pytest.raises(WrongUse, match="Cannot write"):
        write_dataset(THREE_PARTS, folder / "other", run)
    client.run(resource.setrlimit, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert left(folder) == ["new"]
    assert len(left(folder / "new" / "citizens")) == 3


def test_no_dask_scheduler_is_explained(monkeypatch):
    pytest.importorskip("distributed", reason='DASK TESTS SKIPPED: pip install -e ".[scale]"')
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
    for address in ("127.0.0.1:1", "", "nosuch://x"):
        with pytest.raises(WrongUse):
            drawn(THREE_PARTS, dask(address)(THREE_PARTS, None))


def test_a_worker_with_other_tables_is_seen():
    (part,) = one_by_one(Dataset(HUE, 1, TODAY, 5), None)
    with pytest.raises(KitError):
        drawn(Dataset(HUE, 2, TODAY, 5), [part])


def test_a_worker_that_writes_elsewhere_is_seen(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(KitError, match="part-00000"):
        write_dataset(Dataset(HUE, 1, TODAY, 5), tmp_path / "new", lambda dataset, _: one_by_one(dataset, elsewhere))
    assert left(tmp_path) == ["elsewhere"]


# --- Whole or not there ----------------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "mine").write_text("mine")
    for folder in (tmp_path, tmp_path / "mine", tmp_path / "mine" / "x"):
        with pytest.raises(WrongUse):
            write_dataset(Dataset(HUE, 1, TODAY, 5), folder)
    assert left(tmp_path) == ["mine"]


def test_an_empty_folder_is_used_and_its_parents_are_made(tmp_path):
    (tmp_path / "a").mkdir()
    for folder in (tmp_path / "a", tmp_path / "b" / "c"):
        write_dataset(Dataset(HUE, 1, TODAY, 5), folder)
        assert (folder / "dataset.json").is_file()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()], ids=repr)
def test_after_an_error_nothing_is_left(tmp_path, error):
    def fail(folder):
        with whole_folder(folder) as aside:
            (aside / "half").write_text("half")
            raise error

    with pytest.raises(WrongUse if isinstance(error, OSError) else type(error)) as told:
        fail(tmp_path / "a" / "b")
    assert not isinstance(error, OSError) or "đĩa đã đầy" in told.value.vi
    assert left(tmp_path) == []


def test_a_disk_too_small_is_seen_before_anything_is_written(tmp_path):
    with pytest.raises(WrongUse, match="MB"), whole_folder(tmp_path / "a", needed=10**18):
        pytest.fail("begun")
    assert left(tmp_path) == []


TWO_PARTS = "1000000"  # people: one file of each table is full, the second is begun
WORKERS = ("1", "2")[-depth(1, 2) :]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "kit", "world", "--province", "all", "--people", TWO_PARTS, *words]


@pytest.mark.parametrize("workers", WORKERS)
def test_a_file_beyond_the_allowed_size_leaves_nothing(tmp_path, workers):
    """The kernel's own refusal, as of a quota or a full disk."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    done = subprocess.run(command("--workers", workers, "--out", str(tmp_path / "new")), preexec_fn=limited,
                          capture_output=True, text=True, encoding="utf-8", timeout=100)  # fmt: skip
    vi, en = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert vi.startswith("Không ghi được") and vi.endswith("tệp vượt kích thước cho phép.")
    assert en.startswith("Cannot write") and en.endswith("File too large.")
    assert left(tmp_path) == []


def heeding_ctrl_c() -> None:
    """Also where the tests run in the background of a shell, whose children ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("workers", WORKERS)
def test_ctrl_c_leaves_nothing(tmp_path, workers):
    process = subprocess.Popen(command("--workers", workers, "--out", str(tmp_path / "new")), text=True,
                               stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heeding_ctrl_c)  # fmt: skip
    until = monotonic() + 60
    while not list(tmp_path.glob(".kit-world-*/citizens/*")) and monotonic() < until:
        sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers too
    _, error = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in error) == (130, False), error
    assert "Stopped" in error and left(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's largest size")
def test_memory_does_not_grow_with_the_people(tmp_path):
    """Two blocks, then five in the same process: what the first took is enough for the second.

    Read from /proc: what `resource` counts as the largest includes the process that started this one.
    """
    program = (
        "import re, sys; from pathlib import Path; from kit.cli import main\n"
        "for people in ('120000', '480000'):\n"
        "    code = main(['world', '--province', 'all', '--people', people, '--out', sys.argv[1] + people])\n"
        "    status = Path('/proc/self/status').read_text()\n"
        "    print(code, int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "new")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=110)
    (first, few), (second, many) = (map(int, line.split()) for line in done.stdout.splitlines()[2::3])
    assert (first, second) == (0, 0), done.stderr
    assert many <= few + GROWTH and many <= 600, "MB"


GROWTH = 60  # MB; three blocks kept would be 120


# --- Other programs --------------------------------------------------------------------------------------------

REFERENCES = [(name, "citizens", "citizen_id") for name in ("father_id", "mother_id", "spouse_id")] + [
    ("household_id", "households", "household_id")
]


def test_duckdb_confirms_keys_and_references(small):
    duckdb = pytest.importorskip("duckdb", reason="DUCKDB TEST SKIPPED")
    folder, written = small
    files = {name: f"read_parquet('{folder / name}/*.parquet')" for name in written.rows}

    def count(query: str) -> int:
        return int(duckdb.sql(f"SELECT count(*) FROM {query}").fetchall()[0][0])

    assert {name: count(file) for name, file in files.items()} == written.rows
    for column in ("citizen_id", "personal_id"):
        assert count(f"(SELECT DISTINCT {column} FROM {files['citizens']})") == written.rows["citizens"]
    for column, table, key in REFERENCES:
        there = f"SELECT {key} FROM {files[table]}"
        assert count(f"{files['citizens']} WHERE {column} IS NOT NULL AND {column} NOT IN ({there})") == 0
    people = f"SELECT citizen_id FROM {files['citizens']}"
    assert count(f"{files['households']} WHERE head_id NOT IN ({people})") == 0
    assert count(f"{files['dossiers']} WHERE applicant_id NOT IN ({people})") == 0
    assert count(f"{files['dossiers']} WHERE due_date < CAST(filed AS DATE)") == 0


def test_polars_confirms_keys_and_references(small):
    polars = pytest.importorskip("polars", reason="POLARS TEST SKIPPED")
    folder, written = small
    tables = {name: polars.read_parquet(folder / name / "*.parquet") for name in written.rows}
    people = tables["citizens"]
    assert people["citizen_id"].n_unique() == people["personal_id"].n_unique() == len(people)
    for column, table, key in REFERENCES:
        known = people.filter(polars.col(column).is_not_null())
        assert known.join(tables[table], left_on=column, right_on=key, how="anti").is_empty()
    for name in ("dossiers", "parcels", "petitions", "party_members"):
        assert tables[name].join(tables["households"], on="household_id", how="anti").is_empty()
