from __future__ import annotations

import zipfile
from contextlib import closing
from dataclasses import replace

import pytest

from cypp_desktop.document import merge
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change, copies
from cypp_desktop.domain.change import Branch, Refused
from cypp_desktop.domain.plan import Action, Copy
from cypp_desktop.domain.slips import confirm, counts, own_actions
from cypp_desktop.exchange import sending
from cypp_desktop.exchange.sending import Sending

SECRET = "Zebedee of 14 Elm Row"


@pytest.fixture
def document(tmp_path):
    made = Document.create(tmp_path / "plan.cypp", "Olu", plan())
    yield made
    made.close()


def plan() -> Branch:
    """Two leads with two actions each, one of them shared; a text that was rewritten, and one that was deleted."""
    action = [
        Branch("action", {"ref": str(number), "text": f"Do {number}", "leads": leads}, id=f"a{number}")
        for number, leads in enumerate((("amina",), ("ben",), ("amina", "ben"), ()), 1)
    ]
    return Branch(
        "plan",
        {"title": "Children’s plan", "current_period": "mid"},
        [
            Branch("status", {"label": "On schedule", "letter": "G"}, id="green"),
            Branch("period", {"name": "Mid-year"}, id="mid"),
            Branch(
                "lead", {"name": "Amina Khan", "email": "amina@council.example", "role": "Head of Safety"}, id="amina"
            ),
            Branch("lead", {"name": "Ben Hall"}, id="ben"),
            Branch("priority", {"ref": "1", "title": "Safe"}, [Branch("outcome", {"ref": "1.1"}, action)], id="safe"),
        ],
    )


def written(document, wanted, folder, **how):
    """The copy, opened by its reader."""
    made = sending.named(document.plan, wanted, folder, **how)
    sending.write(document, made)
    return made


def test_a_slip_can_be_written_by_its_lead_for_their_own_actions_alone(document, tmp_path):
    made = written(document, sending.slip(document.plan, ["amina"]), tmp_path)
    with closing(Document.open(made.path, "Amina Khan")) as slip:
        assert [one.id for one in own_actions(slip.plan, slip.slip.leads)] == ["a1", "a3"]
        slip.commit(change.edit(slip.plan, "a1", {"note@mid": "Done", "status@mid": "green"}))
        slip.commit(confirm(slip.slip, "a3", unchanged=True))
        before = slip.plan
        for step in (
            change.edit(slip.plan, "a2", {"note@mid": "Not mine"}),
            change.edit(slip.plan, "a1", {"text": "Rewritten"}),
            change.edit(slip.plan, "a1", {"leads": ()}),
            change.edit(slip.plan, "a1", {"note@late": "Another period"}),
            change.edit(slip.plan, slip.plan.root, {"title": "Mine"}),
            change.delete(slip.plan, ["a1"]),
            change.move(slip.plan, "a1", "safe"),
            change.add(slip.plan, "priority", slip.plan.root, {"title": "New"}),
        ):
            with pytest.raises(Refused, match="return slip is for the progress of your own actions"):
                slip.commit(step)
        with pytest.raises(Refused, match="return slip"):
            slip.take_in([], "taking in")
        assert slip.plan == before
        slip.undo()
        slip.undo()
    with closing(Document.open(made.path, "Amina Khan")) as slip:
        assert slip.plan[slip.plan.root] == document.plan.details
        assert slip.plan["a1"] == document.plan["a1"]


def test_slips_come_home_as_one_step_that_says_who_answered(document, tmp_path):
    made = [written(document, sending.slip(document.plan, [lead]), tmp_path) for lead in ("amina", "ben")]
    document.commit(sending.remember(document.plan, made, document.keys))
    assert [one.to for one in copies.out(document.plan)] == ["Amina Khan", "Ben Hall"]
    with closing(Document.open(made[0].path, "A. Khan")) as slip:  # as the laptop calls her
        slip.commit(change.edit(slip.plan, "a3", {"note@mid": "From Amina"}))
    document.commit(change.edit(document.plan, "a2", {"text": "Meanwhile"}))
    before = document.plan
    incoming = merge.preview(document, [made[0].path])
    assert incoming[0].copy == made[0].id
    assert merge.take_in(document, incoming) == 1
    assert document.plan["a3"].update("mid").note == "From Amina"
    assert document.plan["a2"].text == "Meanwhile"
    assert [one.to for one in copies.out(document.plan)] == ["Ben Hall"]
    assert document.check() == []
    document.undo()
    assert document.plan == before


def test_a_copy_that_says_nothing_of_itself_is_known_by_who_wrote_in_it(document, tmp_path):
    made = written(document, Sending(to="ben hall"), tmp_path)
    document.commit(sending.remember(document.plan, [made], document.keys))
    path = tmp_path / "resaved.cypp"
    document.save_copy(path)
    with closing(Document.open(path, "Ben Hall")) as other:
        other.commit(change.edit(other.plan, "a1", {"text": "Ben’s"}))
    assert merge.preview(document, [path])[0].copy == made.id


def test_a_copy_takes_no_drafts_and_no_facts_of_this_file_along(document, tmp_path):
    document.keep_draft("a1", "note@mid", SECRET)
    with document._transaction():
        document._store.set_meta("watched", "folder of " + SECRET)
    made = written(document, Sending(to="Ben Hall"), tmp_path)
    assert SECRET.encode() not in made.path.read_bytes()
    with closing(Document.open(made.path, "Ben")) as copy:
        assert copy.drafts() == []
        assert copy.slip is None
        assert copy.plan == document.plan
    assert [one.value for one in document.drafts()] == [SECRET]


def test_a_clean_copy_holds_nothing_that_was_removed(document, tmp_path):
    document.commit(change.edit(document.plan, "a1", {"text": SECRET}))
    document.commit(change.edit(document.plan, "a1", {"text": "Visit the family"}))
    document.commit(change.add(document.plan, "section", document.plan.root, {"heading": "Foreword", "text": SECRET}))
    document.commit(change.delete(document.plan, [one.id for one in document.plan.sections()]))
    document.commit(sending.remember(document.plan, [Sending(to="Quentin")], document.keys))
    made = written(document, Sending(scope=copies.CLEAN), tmp_path)
    data = made.path.read_bytes()
    for word in (SECRET, "Foreword", "Quentin", "amina@council.example", "Olu"):
        assert word.encode() not in data, word
    with closing(Document.open(made.path, "Ben")) as copy:
        assert copy.clean
        assert copy.doc_id != document.doc_id
        assert copy.check() == []
        same = {one.id: one for one in document.plan if not isinstance(one, Copy)}
        same["amina"] = replace(same["amina"], email="")
        assert {one.id: one for one in copy.plan} == same
    (refused,) = merge.preview(document, [made.path])
    assert "is a clean copy: it has no history" in refused.refused


def test_a_clean_copy_calls_leads_by_their_roles_where_that_is_wanted(document, tmp_path):
    document.commit(change.edit(document.plan, "a2", {"text": "Ask AMINA  KHAN, or Ben Hall; not Amina Khanna"}))
    made = written(document, Sending(scope=copies.CLEAN, roles=True), tmp_path)
    with closing(Document.open(made.path, "Ben")) as copy:
        assert copy.plan["a2"].text == "Ask Head of Safety, or Ben Hall; not Amina Khanna"
        assert [lead.name for lead in copy.plan.leads] == ["Head of Safety", "Ben Hall"]
        assert copy.plan["a1"].leads == ("amina",)


def test_files_are_named_after_plan_person_and_day_and_nothing_is_overwritten(document, tmp_path):
    first = written(document, Sending(to='Ben: "../\\Hall\r\n'), tmp_path)
    second = written(document, Sending(to="Ben .. Hall"), tmp_path)
    assert first.path.parent == second.path.parent == tmp_path
    assert first.path.name.startswith("Children’s plan – Ben .. Hall – 20")
    assert second.path.stem == f"{first.path.stem} 2"


def test_a_zip_file_holds_the_copy_and_is_taken_in_as_it_is(document, tmp_path):
    made = written(document, sending.slip(document.plan, ["ben"]), tmp_path, as_zip=True)
    (inside,) = zipfile.ZipFile(made.path).namelist()
    assert inside == made.path.stem + ".cypp"
    zipfile.ZipFile(made.path).extract(inside, tmp_path / "ben")
    with closing(Document.open(tmp_path / "ben" / inside, "Ben Hall")) as slip:
        slip.commit(change.edit(slip.plan, "a2", {"note@mid": "Done"}))
    back = tmp_path / "back.zip"
    with zipfile.ZipFile(back, "w") as archive:
        archive.write(tmp_path / "ben" / inside, "folder/" + inside)
    (came,) = merge.preview(document, [back])
    assert (came.refused, came.new, came.people) == ("", 1, ("Ben Hall",))


def test_there_is_no_slip_without_anything_to_update(document):
    with pytest.raises(Refused, match="has no actions"):
        sending.slip(document.plan, ["nobody"])
    document.commit(change.edit(document.plan, "mid", {"closed": True}))
    with pytest.raises(Refused, match="“Mid-year” is closed"):
        sending.slip(document.plan, ["amina"])
    document.commit(change.delete(document.plan, ["mid"]))
    with pytest.raises(Refused, match="no reporting period yet"):
        sending.slip(document.plan, ["amina"])


def test_what_cannot_be_written_leaves_nothing_behind(document, tmp_path):
    for wanted in (Sending(), Sending(scope=copies.CLEAN)):
        with pytest.raises(CannotSave):
            sending.write(document, replace(wanted, path=tmp_path / "nowhere" / "copy.cypp"))
    with pytest.raises(CannotSave, match="plan that is open"):
        sending.write(document, Sending(path=document.path))
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith(".~")] == ["plan.cypp"]


def test_actions_stand_in_the_order_of_the_plan(document):
    step = change.add(document.plan, "outcome", "safe", {"ref": "1.2"})
    document.commit(step)
    document.commit(change.add(document.plan, "action", step.record, {"text": "Last", "leads": ("amina",)}))
    document.commit(change.add(document.plan, "action", "safe", {"text": "First", "leads": ("amina",)}))
    document.commit(change.add(document.plan, "action", "safe", {"leads": ("amina",), "archived": "2015-16"}))
    texts = [one.text for one in own_actions(document.plan, ["amina"])]
    assert texts == ["First", "Do 1", "Do 3", "Last"]
    assert counts(document.plan) == {"amina": 4, "ben": 2}
    assert all(isinstance(one, Action) for one in own_actions(document.plan, ["amina"]))
