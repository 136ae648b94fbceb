"""The unusual cases that training needs, drawn on purpose, each with its share: all shares are training values."""

from dataclasses import dataclass, fields

from kit.errors import WrongUse


@dataclass(frozen=True)
class EdgeCases:
    """Shares per mille of what each line names; 0 switches a case off."""

    child_without_father: int = 200
    """of lone mothers: unmarried, the child bears her surname"""
    twins: int = 12
    """of households with two children or more"""
    abandoned_child: int = 2
    """of couples with children: the eldest is a foster child without known parents"""
    old_id_number: int = 150
    """of people over 40: they also hold a nine-digit number"""
    five_word_name: int = 2
    """of people (population.yaml, name_shape: 0.2 %)"""
    one_word_name: int = 80
    """of households of a minority other than the Hoa: nobody in the line bears a surname"""
    born_in_binh_duong: int = 60
    """of family lines in Ho Chi Minh City: their place of origin is in old Binh Duong"""
    same_neighbourhood: int = 300
    """of old wards: their Khu phố keep their numbers, so the new ward has two of one name"""
    married_abroad: int = 20
    """of marriage certificates of parents: registered at a foreign body, to be noted in the civil register here"""
    closed_office: int = 700
    """of certificates of birth, marriage and land from before 1 July 2025: the office that issued them ended then"""
    divorced: int = 1000
    """of the lone adults whom type_weights.csv has as divorced; the others are widowed"""
    split_ward: int = 1000
    """of the usual share of the old wards that belong to several units now; the others get the rest"""

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= 1000:
                raise WrongUse(f"{field.name}: tỷ lệ phần nghìn phải từ 0 đến 1000.",
                               f"{field.name}: a share per mille is from 0 to 1000.")  # fmt: skip


def limit(per_mille: int) -> int:
    """The 16-bit word below which a case of this share happens."""
    return per_mille * 65_536 // 1_000
