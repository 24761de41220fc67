from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.change import Refused
from cypp_desktop.exchange.tables import package, reading
from tests.exchange.office import W, docx, p, relations, tbl, tr, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refused(data, name="plan.docx"):
    with pytest.raises(Refused) as problem:
        reading.read_bytes(data, name)
    sentence = str(problem.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_file_with_a_password_and_one_in_an_old_format() -> None:
    assert "password" in refused(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "old format" in refused(OLE)


def test_macros() -> None:
    assert "macros" in refused(docx(parts={"word/vbaProject.bin": "x"}))
    types = '<Types xmlns="t"><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "macros" in refused(xlsx({"a": "<x/>"}, {"[Content_Types].xml": types}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
def test_document_types_are_refused_in_every_part(part: str, encoding: str) -> None:
    root = f'<w:document xmlns:w="{W}"><w:body><w:p/>&e;</w:body></w:document>'
    words = f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}{root}'
    assert "document type" in refused(docx(parts={part: words.encode(encoding)}))


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "aFChunk", "subDocument", "frame"])
def test_what_wants_to_load_from_the_network_is_refused(kind: str) -> None:
    assert "another place" in refused(docx(p("x"), links=[("r9", kind, "https://example.org/x.dotm", True)]))


def test_links_pictures_and_templates_on_a_disk_are_let_be() -> None:
    links = [
        ("r7", "hyperlink", "https://example.org", True),
        ("r8", "image", "https://example.org/x.png", True),
        ("r9", "attachedTemplate", "file:///C:/Templates/Normal.dotm", True),
    ]
    assert reading.read_bytes(docx(p("x"), links=links), "a.docx").parts


def test_bombs() -> None:
    assert "beyond measure" in refused(docx(parts={"word/document.xml": "<x>" + " " * 30_000_000 + "</x>"}))
    assert "beyond measure" in refused(zipped({f"word/{number}.xml": "" for number in range(package.MOST_ENTRIES)}))


def test_a_part_that_lies_about_its_size() -> None:
    data = bytearray(docx(parts={"word/document.xml": "<x>" + "y" * 5000 + "</x>"}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "damaged" in refused(bytes(data))


@pytest.mark.parametrize("cut", [3, 30, 200, 700])
def test_a_file_cut_short(cut: int) -> None:
    assert "damaged" in refused(docx(tbl(tr("a", "b")))[:cut])


def test_other_files() -> None:
    assert "neither a Word" in refused(zipped({"x.txt": "y"}))
    assert "PDF" in refused(b"%PDF-1.7", "plan.pdf")
    assert "Only Word" in refused(b"abc", "plan.rtf")
    assert "damaged" in refused(b"abc", "plan.docx")


def test_an_encrypted_zip_and_two_parts_of_one_name() -> None:
    data = bytearray(docx(p("x")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "damaged" in refused(bytes(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:  # which Office never uses, and which raises its own
        archive.writestr("word/document.xml", "<a/>")
    assert "damaged" in refused(out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<b/>")
    assert "damaged" in refused(out.getvalue())


def test_files_that_are_not_there_or_too_large(tmp_path, monkeypatch) -> None:
    with pytest.raises(Refused, match=r"“gone.docx” cannot be read"):
        reading.read(tmp_path / "gone.docx")
    monkeypatch.setattr(reading, "LARGEST", 3)
    (tmp_path / "a.csv").write_bytes(b"a,b,c")
    with pytest.raises(Refused, match="too large"):
        reading.read(tmp_path / "a.csv")


def test_a_refusal_names_the_file(tmp_path) -> None:
    (tmp_path / "plan.docx").write_bytes(OLE)
    with pytest.raises(Refused, match=r"“plan.docx” was not read. It is in Word's"):
        reading.read(tmp_path / "plan.docx")


def test_pasted_text_is_a_table() -> None:
    [grid] = reading.read_text("Action\tLead\nx\ty\n").grids
    assert [[box.words for box in line] for line in grid.lines] == [["Action", "Lead"], ["x", "y"]]


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, junk: bytes) -> None:
    data = bytearray(docx(tbl(tr("Action", "Lead"), tr("x", "y"))))
    data[at : at + len(junk)] = junk
    try:
        reading.read_bytes(bytes(data), "plan.docx")
    except Refused:
        return


def test_relations_name_the_main_part() -> None:
    words = f'<w:document xmlns:w="{W}"><w:body>{p("moved")}</w:body></w:document>'
    parts = {"_rels/.rels": relations(("r1", "officeDocument", "/word/document2.xml")), "word/document2.xml": words}
    assert reading.read_bytes(docx(p("decoy"), parts=parts), "a.docx").parts[0].words == "moved"
