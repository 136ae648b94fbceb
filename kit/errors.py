"""Every deliberate exception of the kit, as one tree: catch `KitError` and nothing else."""

import errno

REASONS = {
    errno.ENOSPC: "đĩa đã đầy", errno.EDQUOT: "đã hết hạn mức đĩa", errno.EFBIG: "tệp vượt kích thước cho phép",
    errno.EACCES: "không có quyền", errno.EPERM: "không có quyền", errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài", errno.ENOTDIR: "có phần của đường dẫn không phải thư mục",
    errno.ENOENT: "không có tệp hoặc thư mục này", errno.EISDIR: "đây là thư mục", errno.EEXIST: "đã có tệp tên này",
}  # fmt: skip


class KitError(Exception):
    """A problem that the kit explains to people: `vi` and `en` are whole sentences, safe to show."""

    exit_code = 1

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)  # both, so that a worker process can hand it over
        self.vi = vi
        self.en = en

    def __str__(self) -> str:
        return self.en

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in the place of a traceback: whoever runs it, papermill too, reads both languages."""
        return [self.vi, self.en]

    def say(self, language: str) -> str:
        """The explanation in "vi" or "en"."""
        return self.en if language == "en" else self.vi


class WrongUse(KitError):
    """The caller named something that does not exist or gave a value that is not allowed (exit code 2)."""

    exit_code = 2


class UnknownName(WrongUse):
    """A name that does not exist; the message offers the nearest ones."""


class UnknownUnit(UnknownName):
    """No commune, ward or special zone has this code or name in `datasets/units.csv`."""


class BrokenFile(KitError):
    """A file of an author, trainer or province has problems: all of them are in the message, one a line."""

    def __init__(self, problems: "list[tuple[str, str]]") -> None:
        super().__init__("\n".join(vi for vi, _ in problems), "\n".join(en for _, en in problems))
        self.problems = problems
        self.args = (problems,)

    @classmethod
    def at(cls, place: object, vi: str, en: str) -> "BrokenFile":
        """One problem at one place: a file, a line or cell of it, a part of a YAML."""
        return cls([(f"{place}: {vi}", f"{place}: {en}")])


class StaleAttempt(KitError):
    """Another window wrote to this attempt first: nothing was stored, the newer state must be read again."""


STALE = (
    "Lượt này đã được thao tác ở một cửa sổ khác. Việc vừa bấm chưa được lưu. "
    "Hãy tải lại trang (F5) để thấy tình trạng mới nhất.",
    "This attempt was changed in another window. What you just did was not stored. "
    "Reload the page (F5) to see the newest state.",
)


class NotFound(KitError):
    """The store has no such script or attempt."""


class BrokenLog(KitError):
    """An attempt's events do not form one unbroken hash chain."""


def of_the_system(error: OSError) -> KitError:
    """What the system refused, a full disk say, with the file where the system names one."""
    file, (vi, en) = f" {error.filename}" if error.filename else "", _why(error)
    return KitError(f"Không đọc hoặc ghi được{file}: {vi}.", f"Cannot read or write{file}: {en}.")


def cannot_read(path: object, error: Exception) -> WrongUse:
    """A file or folder that somebody named cannot be read."""
    vi, en = _why(error)
    return WrongUse(f"Không đọc được {path}: {vi}.", f"Cannot read {path}: {en}.")


def cannot_write(path: object, error: Exception) -> WrongUse:
    """A file or folder that somebody named cannot be written."""
    vi, en = _why(error)
    return WrongUse(f"Không ghi được {path}: {vi}.", f"Cannot write {path}: {en}.")


def _why(error: Exception) -> tuple[str, str]:
    """The system's reason in both languages; in its own where it is a rare one."""
    said = str(getattr(error, "strerror", None) or error)
    return REASONS.get(getattr(error, "errno", None) or 0, said), said
