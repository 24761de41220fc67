"""The structure tree of a tagged PDF: what each piece of a page is, in reading order (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


def text(words: str) -> str:
    """Words as a PDF text string."""
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>"


class Content(NamedTuple):
    """A piece of a page that belongs to an element: the page's index and its marked-content number there."""

    page: int
    mark: int


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
            yield number, _element(node, root, first, pages)
        owned = [f"{key} {_owned(owners, first)}" for key, owners in enumerate(self._owners)]
        yield tree, f"<</Nums[{' '.join(owned)}]>>"
        nodes.clear()  # so that the tree is freed at once


def _owned(owners: list[Node] | Node, first: int) -> str:
    if isinstance(owners, Node):
        return f"{first + owners.place} 0 R"
    return f"[{' '.join([f'{first + node.place} 0 R' for node in owners])}]"


def _element(node: Node, root: int, first: int, pages: list[int]) -> str:
    kids = node.kids
    above = root if node.parent < 0 else first + node.parent
    if len(kids) == 1 and isinstance(kids[0], Content):
        source = f"<</S/{node.tag}/P {above} 0 R/Pg {pages[kids[0].page]} 0 R/K {kids[0].mark}"
    else:
        source = f"<</S/{node.tag}/P {above} 0 R{_kids(kids, first, pages)}"
    if node.attributes:
        source += f"/A<<{node.attributes}>>"
    if node.name:
        source += f"/ID({node.name})"
    if node.alt:
        source += f"/Alt{text(node.alt)}"
    return f"{source}>>"


def _kids(kids: list[Kid], first: int, pages: list[int]) -> str:
    page: int | None = None
    out: list[str] = []
    for kid in kids:
        if isinstance(kid, Node):
            out.append(f"{first + kid.place} 0 R")
        elif isinstance(kid, Annotated):
            out.append(f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {kid.number} 0 R>>")
        elif page is None or page == kid.page:
            page = kid.page
            out.append(str(kid.mark))
        else:
            out.append(f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.mark}>>")
    where = "" if page is None else f"/Pg {pages[page]} 0 R"
    return f"{where}/K[{' '.join(out)}]" if out else where
