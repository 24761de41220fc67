"""The structure tree of a tagged PDF: what each piece of a page is, in reading order (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEPT_EMPTY = {"TR", "TH", "TD"}  # a table stays regular where cells are blank


def text(words: str) -> str:
    """Words as a PDF text string."""
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>"


class Content(NamedTuple):
    """A piece of a page that belongs to an element: the page's index and its marked-content number there."""

    page: int
    mark: int


class Annotated(NamedTuple):
    """An annotation that belongs to a link: the page's index, the object's number, its key in the parent tree."""

    page: int
    number: int
    key: int


class Node:
    """A structure element; its kids are elements and pieces of pages, in reading order.

    ``attributes`` is PDF source such as ``/O/Table/RowSpan 2``; ``alt`` is the alternative text of a figure.
    """

    __slots__ = ("alt", "attributes", "kids", "name", "number", "parent", "tag")

    def __init__(self, tag: str, parent: Node | None, attributes: str = "", alt: str = "", name: str = "") -> None:
        self.tag, self.parent, self.attributes, self.alt, self.name = tag, parent, attributes, alt, name
        self.kids: list[Kid] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


Kid = Node | Content | Annotated


class Structure:
    """The tree of one document, and which elements the marks of each page belong to."""

    def __init__(self) -> None:
        self.root = Node("Document", None)
        self._owners: list[tuple[int, list[Node] | Node]] = []
        self._keys = 0

    def key(self) -> int:
        """A fresh key of the parent tree, for a page or an annotation."""
        self._keys += 1
        return self._keys - 1

    def own(self, key: int, owners: list[Node] | Node) -> None:
        """Say which elements a page's marks belong to, by mark, or which link an annotation belongs to."""
        self._owners.append((key, owners))

    def objects(self, root: int, first: int, page_number: Callable[[int], int]) -> Iterator[tuple[int, bytes]]:
        """The tree as PDF objects with their numbers: the tree's root, and all else from ``first`` on."""
        nodes = _numbered(self.root, first)
        tree = first + len(nodes)
        names = sorted((node.name, node.number) for node in nodes if node.name)
        identifiers = "".join(f"({name}){number} 0 R" for name, number in names)
        yield root, (
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {self._keys}"
            f"{f'/IDTree<</Names[{identifiers}]>>' if names else ''}>>"
        ).encode("ascii")
        for node in nodes:
            yield node.number, _element(node, root, page_number)
        yield tree, f"<</Nums[{''.join(map(_owned, sorted(self._owners, key=_first)))}]>>".encode("ascii")


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


def _owned(pair: tuple[int, list[Node] | Node]) -> str:
    key, owners = pair
    if isinstance(owners, Node):
        return f"{key} {owners.number} 0 R "
    return f"{key}[{' '.join([f'{node.number} 0 R' for node in owners])}]"


def _numbered(root: Node, first: int) -> list[Node]:
    """The elements that have content, each with its object's number, parents before their kids."""
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += [kid for kid in node.kids[::-1] if kid.__class__ is Node]
    for node in reversed(found):  # kids first: what has no content is left out, and then what held only that
        node.number = int(node.tag in _KEPT_EMPTY or any([kid.__class__ is not Node or kid.number for kid in node.kids]))
    alive = [node for node in found if node.number]
    for number, node in enumerate(alive, first):
        node.number = number
    return alive


def _element(node: Node, root: int, page_number: Callable[[int], int]) -> bytes:
    source, kids = f"<</S/{node.tag}/P {node.parent.number if node.parent else root} 0 R", node.kids
    if len(kids) == 1 and kids[0].__class__ is Content:
        source += f"/Pg {page_number(kids[0][0])} 0 R/K {kids[0][1]}"
    elif kids:
        source += _kids(kids, page_number)
    if node.attributes:
        source += f"/A<<{node.attributes}>>"
    if node.name:
        source += f"/ID({node.name})"
    if node.alt:
        source += f"/Alt{text(node.alt)}"
    return f"{source}>>".encode("ascii")


def _kids(kids: list[Kid], page_number: Callable[[int], int]) -> str:
    page: int | None = None
    out: list[str] = []
    for kid in kids:
        if isinstance(kid, Node):
            if kid.number:
                out.append(f"{kid.number} 0 R")
        elif isinstance(kid, Annotated):
            out.append(f"<</Type/OBJR/Pg {page_number(kid.page)} 0 R/Obj {kid.number} 0 R>>")
        elif page is None or page == kid.page:
            page = kid.page
            out.append(str(kid.mark))
        else:
            out.append(f"<</Type/MCR/Pg {page_number(kid.page)} 0 R/MCID {kid.mark}>>")
    where = "" if page is None else f"/Pg {page_number(page)} 0 R"
    return f"{where}/K[{' '.join(out)}]" if out else where
