"""Text without marks and capitals, so that typing habits do not decide."""

import unicodedata


def plain(text: str) -> str:
    """Lower case, no Vietnamese marks, single spaces: "Phường  Sài Gòn" -> "phuong sai gon"."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).lower().split())
