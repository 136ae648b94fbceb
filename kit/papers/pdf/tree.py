"""The HTML of a rendered paper as a tree of nodes, so that print and screen have one source of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

ENDLESS = frozenset({"br", "path", "circle"})  # nothing stands inside them


@dataclass(eq=False)
class Node:
    """One element: its tag, its classes, its attributes and what stands inside it."""

    tag: str
    attributes: Mapping[str, str]
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> tuple[str, ...]:
        """The element's classes in their order."""
        return tuple(self.attributes.get("class", "").split())

    def nodes(self) -> Iterator["Node"]:
        """The elements directly inside this one."""
        return (one for one in self.inside if isinstance(one, Node))

    def all(self, name: str) -> Iterator["Node"]:
        """Every element below this one that has the class or the tag."""
        for node in self.nodes():
            if name == node.tag or name in node.classes:
                yield node
            yield from node.all(name)

    def text(self) -> str:
        """All words inside; a line break is a newline."""
        return "".join(_text(one) for one in self.inside)


def _text(one: "Node | str") -> str:
    if isinstance(one, str):
        return one
    return "\n" if one.tag == "br" else one.text()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in ENDLESS:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ENDLESS:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Node:
    """Our own well-formed HTML as one node that holds everything."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
