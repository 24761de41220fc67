"""The structure tree of a tagged PDF: what each piece of a page is, in reading order (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


def text(words: str) -> str:
    """Words as a PDF text string."""
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>"


Content = tuple[int, int]
"""A piece of a page that belongs to an element: the page's index and its marked-content number there."""


class Annotated(NamedTuple):
    """An annotation that belongs to a link: the page's index, the number of its object."""

    page: int
    number: int


class Node:
    """A structure element; its kids are elements and pieces of pages, in reading order.

    ``attributes`` is PDF source such as ``/O/Table/RowSpan 2``; ``alt`` is the alternative text of a figure. All
    elements of a tree share the list ``all``; their ``place`` in it says the number of their object, and ``parent``
    is the place of the element that holds them.
    """

    __slots__ = ("all", "alt", "attributes", "kids", "name", "parent", "place", "tag")

    def __init__(self, tag: str, parent: Node | None, attributes: str = "", alt: str = "", name: str = "") -> None:
        self.tag, self.attributes, self.alt, self.name = tag, attributes, alt, name
        self.kids: list[Kid] = []
        self.all: list[Node] = [] if parent is None else parent.all
        self.place: int = len(self.all)
        self.parent: int = -1 if parent is None else parent.place
        if parent is not None:
            parent.kids.append(self)
        self.all.append(self)


Kid = Node | Content | Annotated


class Structure:
    """The tree of one document, and which elements the marks of each page belong to."""

    def __init__(self) -> None:
        self.root = Node("Document", None)
        self._owners: list[list[Node] | Node] = []

    def own(self, owners: list[Node] | Node) -> int:
        """Say which elements a page's marks belong to, by mark, or which link an annotation belongs to.

        Gives the key under which the page or the annotation says so itself.
        """
        self._owners.append(owners)
        return len(self._owners) - 1

    def objects(self, root: int, first: int, pages: list[int]) -> Iterator[tuple[int, str]]:
        """The tree as PDF objects with their numbers: the tree's root, and all else from ``first`` on.

        ``pages`` are the numbers of the pages' objects.
        """
        nodes = self.root.all
        tree = first + len(nodes)
        refs = [f"{number} 0 R" for number in range(first, tree)]
        names = sorted((node.name, node.place) for node in nodes if node.name)
        identifiers = "".join([f"({name}){first + place} 0 R" for name, place in names])
        yield (
            root,
            (
                f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {len(self._owners)}"
                f"{f'/IDTree<</Names[{identifiers}]>>' if names else ''}>>"
            ),
        )
        for number, node in enumerate(nodes, first):
            yield number, _element(node, refs[node.parent] if node.parent >= 0 else f"{root} 0 R", refs, pages)
        owned = [f"{key} {_owned(owners, refs)}" for key, owners in enumerate(self._owners)]
        yield tree, f"<</Nums[{' '.join(owned)}]>>"
        nodes.clear()  # so that the tree is freed at once


def _owned(owners: list[Node] | Node, refs: list[str]) -> str:
    if isinstance(owners, Node):
        return refs[owners.place]
    return f"[{' '.join([refs[node.place] for node in owners])}]"


def _element(node: Node, above: str, refs: list[str], pages: list[int]) -> str:
    kids = node.kids
    if len(kids) == 1 and type(only := kids[0]) is tuple:
        source = f"<</S/{node.tag}/P {above}/Pg {pages[only[0]]} 0 R/K {only[1]}"
    else:
        source = f"<</S/{node.tag}/P {above}{_kids(kids, refs, pages)}"
    if node.attributes:
        source += f"/A<<{node.attributes}>>"
    if node.name:
        source += f"/ID({node.name})"
    if node.alt:
        source += f"/Alt{text(node.alt)}"
    return f"{source}>>"


def _kids(kids: list[Kid], refs: list[str], pages: list[int]) -> str:
    page: int | None = None
    out: list[str] = []
    for kid in kids:
        if isinstance(kid, Node):
            out.append(refs[kid.place])
        elif isinstance(kid, Annotated):
            out.append(f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.number} 0 R>>")
        elif page is None or page == kid[0]:
            page = kid[0]
            out.append(str(kid[1]))
        else:
            out.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    where = "" if page is None else f"/Pg {pages[page]} 0 R"
    return f"{where}/K[{' '.join(out)}]" if out else where
