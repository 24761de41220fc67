from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from cypp_desktop.domain import copies
from cypp_desktop.domain.change import Branch, add_branches
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import handover


def read(data):
    return message_from_bytes(data, policy=default)


def test_a_draft_is_unsent_and_carries_the_file(tmp_path):
    copy = tmp_path / "Plan – Zoë – 2026-11-25.cypp"
    copy.write_bytes(bytes(range(256)) * 50)
    message = read(handover.draft("zoe@council.example", "Your update", "Dear Zoë,\n\nPlease.\n", copy))
    assert message["X-Unsent"] == "1"
    assert message["To"] == "zoe@council.example"
    assert message["Subject"] == "Your update"
    assert message["From"] is None
    assert message.get_body().get_content().splitlines() == ["Dear Zoë,", "", "Please."]
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == copy.name
    assert attached.get_content() == copy.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        "Plan\r\nBcc: everybody@example.com",
        "Plan\n\nbody",
        "Plan\x00\x0bBcc: a@b.c",
        "Plan\u2028Bcc: a@b.c",
        "=?utf-8?q?x?=",
    ],
)
def test_words_never_become_headers(words, tmp_path):
    copy = tmp_path / "copy.cypp"
    copy.write_bytes(b"x")
    message = read(handover.draft(f"a@b.example{words}", words, words, copy))
    assert set(message.keys()) == {"X-Unsent", "Subject", "MIME-Version", "Content-Type"}
    assert len(list(message.iter_attachments())) == 1


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Ann",
        "a@b@c",
        "a b@c.example",
        "a@b.example,c@d.example",
        "a@b.example\nBcc: c@d.example",
        "<a@b.example>",
        "ä@b.example",
    ],
)
def test_what_is_no_address_is_left_out(words):
    assert handover.address(words) == ""


def test_an_address_is_taken_without_the_spaces_around_it():
    assert handover.address(" o'brien+plan@city.gov.example ") == "o'brien+plan@city.gov.example"


def test_the_letter_of_a_slip_says_how_much_is_asked_and_for_when():
    lead = Branch("lead", {"name": "Zoe"}, id="zoe")
    action = Branch("action", {"leads": ("zoe",)})
    priority = Branch("priority", {}, [action])
    content = Branch(
        "plan", {"title": "Plan", "action_word": "Key activity"}, [Branch("period", {"name": "Spring"}), lead, priority]
    )
    plan = _plan(content)
    said = handover.letter(plan, copies.SLIP, "Zoe", ["zoe"])
    assert said.startswith(
        "Dear Zoe,\n\nAttached is your return slip for “Plan”. It has your 1 key activity to update for Spring."
    )
    assert handover.subject(plan, copies.SLIP) == "Plan: your update for Spring"
    assert "no history" in handover.letter(plan, copies.CLEAN, "")
    assert "united with everybody else’s" in handover.letter(plan, copies.WHOLE, "")
    assert "sent you a copy of “Plan” on 3 May" in handover.reminder(plan, "Zoe", "on 3 May")


def _plan(content):
    from cypp_desktop.document import journal

    rows = [
        journal.make(journal.Stamp(1, "", "", b"8" * 8, b"8" * 8, "add"), one.record, one.field, (), one.after)
        for one in add_branches(Plan([]), "", [content]).changes
    ]
    return Plan(journal.fold(rows))
