from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run, from_plain, normal, parse, plain, words, write

AWKWARD = st.text(st.sampled_from(list("ab *[]()\\-+•1.#>_`<&:^\n\t\u00a0é")), max_size=30)
RUNS = st.lists(
    st.builds(
        Run,
        AWKWARD,
        st.booleans(),
        st.booleans(),
        st.one_of(st.just(""), st.text("a/:()\\ ?&", min_size=1, max_size=6)),
    )
    | st.builds(lambda label: Run(note=label), st.sampled_from(["1", "2", "a-b"])),
    max_size=4,
).map(tuple)
BLOCKS = st.one_of(st.builds(Paragraph, RUNS), st.builds(Item, RUNS, st.integers(0, 1), st.none() | st.integers(0, 99)))
RICH = st.builds(
    Rich,
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(st.builds(Note, st.sampled_from(["1", "2"]), RUNS), max_size=2).map(tuple),
)


@given(RICH)
@example(Rich((Paragraph((Run("^1", link=":"),)),)))
@example(Rich((Paragraph((Run(note="1"), Run(": see below"))),)))
def test_what_is_written_reads_back_the_same(rich: Rich) -> None:
    assert parse(write(rich)) == normal(rich)


@given(st.text() | AWKWARD)
def test_any_text_parses_and_settles(source: str) -> None:
    rich = parse(source)
    assert normal(rich) == rich
    assert parse(write(rich)) == rich


@pytest.mark.parametrize("between", ["", "\\\n", "\\\n\\\n"])
def test_blanks_without_end_are_read_in_time_that_grows_with_them(between: str) -> None:
    blanks = " " * 200_000  # the longest text, which a copy from elsewhere can have: by their square, minutes
    rich = parse(f"*a{blanks}{between}{blanks}b*")
    assert words(rich.blocks[0].runs).split() == ["a", "b"]
    assert all(run.italic for run in rich.blocks[0].runs if run.text.strip())


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "P", "S", "Z"))))
def test_words_are_never_lost(words: str) -> None:
    assert "".join(plain(words).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", Rich((Paragraph((Run("plain"),)),))),
        ("a **b** *c*", Rich((Paragraph((Run("a "), Run("b", bold=True), Run(" "), Run("c", italic=True))),))),
        ("- one\n  - two\n1. three", Rich((Item((Run("one"),)), Item((Run("two"),), 1), Item((Run("three"),), 0, 1)))),
        ("5 * 3 * 2 and 5*", Rich((Paragraph((Run("5 * 3 * 2 and 5*"),)),))),
        ("a_b_c <b>x</b> R&D", Rich((Paragraph((Run("a_b_c <b>x</b> R&D"),)),))),
        ("[site](http://x.org/a)", Rich((Paragraph((Run("site", link="http://x.org/a"),)),))),
        ("x[^1]\n\n[^1]: why", Rich((Paragraph((Run("x"), Run(note="1"))),), (Note("1", (Run("why"),)),))),
        ("one\ntwo", Rich((Paragraph((Run("one two"),)),))),
        ("one\\\ntwo", Rich((Paragraph((Run("one\ntwo"),)),))),
        ("***both***", Rich((Paragraph((Run("both", bold=True, italic=True),)),))),
        ("  \n\n ", Rich()),
    ],
)
def test_the_grammar(source: str, expected: Rich) -> None:
    assert parse(source) == expected


def test_plain_lines_from_elsewhere_become_paragraphs_and_items() -> None:
    assert from_plain("One\r\n• two\n• three\n\nfour") == "One\n\n- two\n- three\n\nfour"


def _oracle(source: str) -> list[tuple[str, str]]:
    """(kind, words) of each block as a CommonMark reader sees them."""
    out, lists = [], []
    for token in MarkdownIt("commonmark", {"html": False}).parse(source):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token.type)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "inline":
            words = "".join({"softbreak": " ", "hardbreak": "\n"}.get(t.type, t.content) for t in token.children or [])
            out.append(("item" if lists else "paragraph", words))
    return out


SIMPLE = st.lists(st.text("abc 1", min_size=1, max_size=12), min_size=1, max_size=3).map(
    lambda parts: tuple(Run(part, bold=index == 1) for index, part in enumerate(parts))
)


@given(st.lists(st.builds(Paragraph, SIMPLE) | st.builds(Item, SIMPLE, st.integers(0, 1), st.none()), max_size=5))
def test_written_text_reads_the_same_in_a_commonmark_reader(blocks: list[Paragraph | Item]) -> None:
    rich = normal(Rich(tuple(blocks)))
    source = write(rich)
    expected = [
        ("item" if isinstance(block, Item) else "paragraph", "".join(run.text for run in block.runs))
        for block in rich.blocks
    ]
    seen = [(kind, re.sub(" +", " ", words)) for kind, words in _oracle(source)]
    assert seen == [(kind, re.sub(" +", " ", words)) for kind, words in expected]
