from __future__ import annotations

import pytest

from cypp_desktop.domain import text
from cypp_desktop.domain.change import begun
from cypp_desktop.exchange import samples
from cypp_desktop.spelling import Speller


def wrong(words, own=()):
    return [words[start:end] for start, end in Speller(own).wrong(words)]


@pytest.mark.parametrize(
    "words",
    [
        "The programme’s colour, labour and organisation; the children's centre.",
        "MASH, SEND, LACs and CAMHS in 2016/17, 1st of 363.",
        "Write to ann.lee@example.org or see www.example.org/plan, “multi-agency”.",
        "re-evaluate well-being – co-ordinated",
        "",
    ],
)
def test_what_is_spelt_well_is_passed_over(words):
    assert wrong(words) == []


def test_what_is_not_known_is_found_where_it_stands():
    assert wrong("The progamme of teh multi-agencyy hub") == ["progamme", "teh", "agencyy"]
    assert wrong("The color of labor") == ["color", "labor"]


def test_a_plans_own_words_are_known_in_any_case_and_with_s():
    assert wrong("Zybrowska and zybrowska’s plan, Kwerty", ["Ann Zybrowska"]) == ["Kwerty"]


def test_what_may_have_been_meant():
    assert "programme" in Speller().suggest("progamme")
    assert "children’s" in Speller().suggest("childern’s")


def test_the_published_plans_are_mostly_well_spelt():
    plan = begun(samples.load("county"))
    speller = Speller([lead.name for lead in plan.leads])
    words = [text.plain(one.text) for one in plan if one.kind == "action"]
    found = [one[start:end] for one in words for start, end in speller.wrong(one)]
    assert len(found) < sum(len(one.split()) for one in words) / 50
