"""`python -m kit.world.bulk.schema_page`: write docs/world.md from the schema and the edge cases.

A test compares the page with what this module makes, so the page says what the tables are.
"""

import inspect
from collections.abc import Iterator
from dataclasses import fields

from kit import home
from kit.words import say
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.schema import describe, in_vietnamese

PAGE = "docs/world.md"
HEAD = """# Các bảng của địa phương giả lập / The tables of the synthetic commune

Trang này được sinh từ lược đồ: `python -m kit.world.bulk.schema_page`. This page is made from the schema.

`kit world --province hcm --people 20000 --out DIR` ghi mỗi bảng thành một thư mục Parquet, cùng `dataset.json` nêu
mọi cột; `--check` đối chiếu quy tắc và tỷ lệ. Writes each table as a folder of Parquet files, with a `dataset.json`
that names every column; `--check` holds rules and shares against the declared ones.

Nguồn (source): tên tệp trong `datasets/` và độ tin cậy. Độ tin cậy khác primary, package, seed: giá trị tập huấn, đối
chiếu quy định hiện hành. Files of `datasets/` and their confidence; whatever is not primary, package or seed is a
training value. `by construction`: không rút ngẫu nhiên / not drawn at random.

Kiểu (type): chữ là `string`, chữ lặp lại nhiều là `dictionary<string>`; ngày là `date32`; thời điểm là `timestamp[s]`,
giờ địa phương. Texts are `string` or, where they repeat, `dictionary<string>`; days are `date32`; moments are
`timestamp[s]` in local time.
"""
EDGES = """
## Trường hợp đặc biệt / Edge cases

Phần nghìn của điều nêu trong bảng; đổi bằng `kit world --edge NAME=N`, 0 là tắt. Mọi tỷ lệ là giá trị tập huấn, đối
chiếu quy định hiện hành. Per mille of what the line names; changed with `kit world --edge NAME=N`, 0 switches a case
off. All shares are training values.

| NAME | N | nghĩa / meaning |
| --- | ---: | --- |
"""
TABLE = """
## {title} (`{name}`)

| cột / column | kiểu / type | nghĩa / meaning | trống / null | nguồn / source |
| --- | --- | --- | --- | --- |
"""
TITLE = "{vi} / {en}"


def page() -> str:
    """The whole page as Markdown."""
    return HEAD + EDGES + "".join(_edges()) + "".join(map(_table, describe()))


def _edges() -> Iterator[str]:
    """What each field's own line says, as it stands in the source."""
    source = inspect.getsource(EdgeCases).split("\n    def ")[0]
    for field in fields(EdgeCases):
        said = source.split(f"    {field.name}: int")[1].split('"""')[1]
        meaning = in_vietnamese()["edges"][field.name]
        yield f"| `{field.name}` | {field.default} | {meaning} / {' '.join(said.split())} |\n"


def _table(name: str) -> str:
    title = TITLE.format(vi=say(f"world.table.{name}", "vi"), en=say(f"world.table.{name}", "en"))
    return TABLE.format(title=title[0].upper() + title[1:], name=name) + "".join(map(_row, describe()[name]))


def _row(column: dict[str, str]) -> str:
    meaning = f"{column['meaning_vi']} / {column['meaning']}"
    return f"| `{column['name']}` | `{column['type']}` | {meaning} | {column['null']} | {column['source']} |\n"


if __name__ == "__main__":
    (home.datasets().parent / PAGE).write_text(page(), encoding="utf-8")
