from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain.wordmerge import Part, clean, propose, text

TEXTS = st.lists(
    st.sampled_from(["on", "schedule", "the", "MASH", "48.4%", "not", "co-located", "of", "\n", "", "\u00a0", "é"]),
    max_size=12,
).map(" ".join)
SWAP = {"mine": "theirs", "theirs": "mine"}


def kept(whole):
    return Counter(whole.split())


@settings(max_examples=300)
@given(TEXTS, TEXTS, TEXTS)
def test_laws(base, mine, theirs):
    parts = propose(base, mine, theirs)
    assert "".join(part.base for part in parts) == base  # each of the three texts is there to the letter
    assert "".join(part.mine for part in parts) == mine
    assert "".join(part.theirs for part in parts) == theirs
    assert [SWAP.get(part.who, part.who) for part in propose(base, theirs, mine)] == [part.who for part in parts]
    for whole in (mine, theirs):  # every word that somebody added is in the proposal
        assert not (kept(whole) - kept(base)) - kept(text(parts).replace("\u00a0", " "))
    for part in parts:
        assert (part.who == "same") == (part.base == part.mine == part.theirs)
        assert part.who != "mine" or part.theirs == part.base
        assert part.who != "theirs" or part.mine == part.base
        assert part.who != "both" or part.mine == part.theirs


@given(TEXTS, TEXTS)
def test_where_one_side_did_nothing_the_other_stands(base, other):
    assert (
        text(propose(base, base, other))
        == text(propose(base, other, base))
        == text(propose(base, other, other))
        == other
    )
    assert clean(propose(base, base, other))
    assert clean(propose(base, other, other))


def test_a_figure_that_both_changed_is_never_mixed():
    base = "Performance is at 48.4% against target. Training is on schedule."
    parts = propose(base, base.replace("48.4%", "51.2%"), base.replace("48.4%", "46.9%"))
    assert [part for part in parts if part.who == "conflict"] == [Part("conflict", "48.4%", "51.2%", "46.9%")]
    assert not clean(parts)


def test_changes_apart_are_proposed_together():
    base = "Performance is at 48.4% against target. Training is on schedule."
    mine = base.replace("48.4%", "51.2%")
    parts = propose(base, mine, base + " Web page live.")
    assert text(parts) == mine + " Web page live."
    assert [part.who for part in parts] == ["same", "mine", "same", "theirs"]


def test_what_both_added_at_one_place_is_kept_from_both():
    parts = propose("Done.", "Done. Mine.", "Done. Theirs.")
    assert parts[-1] == Part("conflict", "", " Mine.", " Theirs.")
    assert text(parts) == "Done. Mine. Theirs."
    assert text(propose("x", "a", "b")) == "a\n\nb"


def test_a_huge_text_is_compared_whole():
    base = "word " * 100_000
    assert propose(base, base + "x", base) == [Part("mine", base, base + "x", base)]
    assert propose(base, base + "x", base + "y") == [Part("conflict", base, base + "x", base + "y")]
    assert propose(base, base, base) == [Part("same", base, base, base)]


def test_of_a_text_that_one_side_wrote_anew_both_stand_whole():
    base = "The portal is developed and about to go live. Talks go on with all partners."
    mine, theirs = f"{base} Roadshows have ended.", "The portal has gone live."
    assert text(propose(base, mine, theirs)) == f"{mine}\n\n{theirs}"
    assert text(propose(base, theirs, mine), " – ") == f"{theirs} – {mine}"
    assert text(propose("", "Mine.", "Theirs.")) == "Mine.\n\nTheirs."
    assert text(propose(base, base, theirs)) == theirs
