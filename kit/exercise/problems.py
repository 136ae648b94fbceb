"""What a schema found wrong in a file, as sentences in both languages with file, line and place."""

from typing import Any

from pydantic import ValidationError

from kit.yaml_file import Document

Problem = tuple[str, str]  # the sentence in Vietnamese and in English

VIETNAMESE = {
    "missing": "thiếu mục bắt buộc này",
    "extra_forbidden": "mục này không được phép",
    "string_type": "phải là chữ (đặt trong ngoặc kép)",
    "int_type": "phải là số nguyên",
    "float_type": "phải là số",
    "bool_type": "phải là true hoặc false",
    "list_type": "phải là danh sách",
    "model_type": "phải là một nhóm mục",
    "dict_type": "phải là một nhóm mục",
    "string_pattern_mismatch": "không đúng mẫu {pattern}",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_too_short": "không được để trống",
    "too_short": "cần ít nhất {min_length} mục",
    "too_long": "nhiều nhất {max_length} mục",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "literal_error": "phải là một trong: {expected}",
}


def pydantic_problems(document: Document, error: ValidationError) -> list[Problem]:
    """Every problem of a validated file, in the file's order."""
    found = [_problem(document, one) for one in error.errors()]
    return [problem for _, problem in sorted(found, key=lambda pair: pair[0])]


def unforeseen(where: str, error: Exception) -> Problem:
    """The sentences for an error that no check foresaw; its notes tell how far it had come."""
    place = ": ".join([where, *getattr(error, "__notes__", ())])
    told = f"{type(error).__name__}: {error}"[:300]
    return f"{place}: lỗi không lường trước: {told}", f"{place}: an error that no check foresaw: {told}"


def _problem(document: Document, error: Any) -> tuple[int, Problem]:
    place = tuple(step for step in error["loc"] if isinstance(step, int | str))
    line = document.line(place)
    where = f"{document.name}:{line}: {'.'.join(map(str, place))}"
    seen = "" if error["type"] == "missing" else repr(error["input"])[:60]
    vi, en = _vietnamese(error), error["msg"].removeprefix("Value error, ")
    return line, (f"{where}: {vi}" + (f" (thấy {seen})" if seen else ""),
                  f"{where}: {en}" + (f" (found {seen})" if seen else ""))  # fmt: skip


def _vietnamese(error: Any) -> str:
    sentence = VIETNAMESE.get(error["type"], "giá trị không được phép")
    for name, value in error.get("ctx", {}).items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence
