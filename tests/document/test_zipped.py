from __future__ import annotations

import zipfile

import pytest

from cypp_desktop.document import safe_open, zipped
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Refused


def packed(folder, *names, data=b"", ways=zipfile.ZIP_DEFLATED):
    path = folder / "came.zip"
    with zipfile.ZipFile(path, "w", ways) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["plan.cypp", "a folder/Plan – Zoë.CYPP", "../../../out.cypp", "C:\\out.cypp"])
def test_the_one_plan_is_read_wherever_it_lies_and_nothing_else_is_written(document, tmp_path, name):
    path = packed(
        tmp_path, "letter.docx", "__MACOSX/._plan.cypp", ".hidden.cypp", name, data=document.path.read_bytes()
    )
    before = sorted(tmp_path.rglob("*"))
    assert len(safe_open.read(path).rows) == len(document.known())
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["letter.docx"], "holds no plan"),
        (["a.cypp", "b.cypp"], "holds 2 plans: take the one you want out of it first"),
        ([f"{number}.txt" for number in range(1001)], "holds too many files"),
    ],
)
def test_a_zip_file_without_exactly_one_plan_is_refused(tmp_path, names, sentence):
    with pytest.raises(Refused, match=sentence):
        safe_open.read(packed(tmp_path, *names))


def test_no_more_is_written_than_a_plan_can_have(tmp_path, monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST", 10_000)
    path = packed(tmp_path, "plan.cypp", data=bytes(20_000))
    with pytest.raises(Refused, match="too big"):
        safe_open.read(path)
    data = path.read_bytes()
    small = (20_000).to_bytes(4, "little"), (9_000).to_bytes(4, "little")
    path.write_bytes(data.replace(*small))  # one that lies about its size
    with pytest.raises(Refused, match=r"too big|damaged"):
        safe_open.read(path)


def test_a_damaged_or_locked_zip_file_is_refused_with_a_sentence(document, tmp_path):
    path = packed(tmp_path, "plan.cypp", data=document.path.read_bytes())
    whole = path.read_bytes()
    for data in (whole[: len(whole) // 2], whole[:60] + b"garbage" + whole[67:], whole.replace(b"PK\1\2", b"PK\1\3")):
        path.write_bytes(data)
        with pytest.raises(Refused, match=r"zip file “came.zip” is damaged or locked|holds no plan"):
            safe_open.read(path)
    locked = bytearray(whole)
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[whole.index(mark) + flags] |= 1  # encrypted
    path.write_bytes(locked)
    with pytest.raises(Refused, match="damaged or locked"):
        safe_open.read(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_file_packed_in_a_rare_way_is_refused_however_damaged(tmp_path, method):
    path = tmp_path / "came.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("plan.cypp", b"words " * 500)
    data = path.read_bytes()
    path.write_bytes(data[:50] + bytes(40) + data[90:])
    with pytest.raises(Refused, match="damaged or locked"):
        safe_open.read(path)


def test_a_zip_file_is_not_opened_as_a_plan(document, tmp_path):
    path = packed(tmp_path, "plan.cypp", data=document.path.read_bytes())
    with pytest.raises(Refused, match="is a zip file"):
        Document.open(path, "Ann")
