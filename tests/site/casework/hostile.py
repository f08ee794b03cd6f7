"""Files as an attacker would send them, and honest ones, made in memory."""

from __future__ import annotations

import io
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + b"!$H+H*"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BODY = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


def pdf(inside: bytes = b"") -> bytes:
    return PDF.replace(b"endobj", inside + b"endobj")


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), exif: bool = False) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (20, 90, 90))
    options = {}
    if exif:
        data = Image.Exif()
        data[0x010E] = "taken at 12 Secret Street"
        options["exif"] = data
    image.save(out, kind, **options)
    return out.getvalue()


def word(extra: dict[str, bytes] | None = None, body: bytes = BODY) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", body)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def huge_png(side: int = 20_000) -> bytes:
    """A PNG that says it is 20,000 by 20,000 pixels and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


def bomb() -> bytes:
    return word(body=BODY + b" " * 60_000_000)


def packed(inside: bytes) -> bytes:
    """A PDF with an object stream, compressed."""
    stream = zlib.compress(b"<</Type/Action" + inside + b">>")
    return pdf(b"<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream ")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "a script named pdf": ("payslip.pdf", b"<script>alert(1)</script>"),
    "a page named pdf": ("payslip.pdf", b"<!DOCTYPE html><html></html>"),
    "a shell script named png": ("scan.png", b"#!/bin/sh\nrm -rf /\n"),
    "a program named jpg": ("scan.jpg", b"MZ\x90\x00" + b"\x00" * 200),
    "a program": ("payslip.exe", b"MZ\x90\x00" + b"\x00" * 200),
    "a double extension": ("payslip.pdf.exe", PDF),
    "no extension": ("payslip", PDF),
    "svg": ("scan.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "a pdf named png": ("scan.png", PDF),
    "a png named pdf": ("scan.pdf", picture()),
    "a zip named docx": ("letter.docx", b"PK\x05\x06" + b"\x00" * 18),
    "a gif": ("scan.gif", b"GIF89a" + b"\x00" * 30),
    "a gif named jpg": ("scan.jpg", b"GIF89a" + b"\x00" * 30),
    "empty": ("payslip.pdf", b""),
    "too large": ("payslip.pdf", PDF + b" " * 5_000_001),
    "eicar": ("payslip.pdf", PDF.replace(b"%%EOF", EICAR + b"\n%%EOF")),
    "eicar as text": ("payslip.pdf", EICAR),
    "eicar in a word document": ("letter.docx", word({"word/media/note.xml": EICAR})),
    "a pdf with a script": ("payslip.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>")),
    "a pdf with a script spelt in hex": ("payslip.pdf", pdf(b"/OpenAction<</S/J#61vaScript>>")),
    "a pdf with a packed script": ("payslip.pdf", packed(b"/S/JavaScript/JS(x)")),
    "a pdf that starts a program": ("payslip.pdf", pdf(b"/A<</S/Launch/F(cmd.exe)>>")),
    "a pdf that holds a file": ("payslip.pdf", pdf(b"/Names<</EmbeddedFiles 3 0 R>>")),
    "a pdf with a form": ("payslip.pdf", pdf(b"/AcroForm<</XFA 4 0 R>>")),
    "a pdf that is also a zip": ("payslip.pdf", PDF + word()),
    "a pdf that is also a page": ("payslip.pdf", pdf(b"<html><script>alert(1)</script></html>")),
    "a page before a pdf": ("payslip.pdf", b"<html></html>" + PDF),
    "a cut-off pdf": ("payslip.pdf", PDF[:30]),
    "a word document with macros": ("letter.docx", word({"word/vbaProject.bin": b"macro"})),
    "a word document with a program": ("letter.docx", word({"word/embeddings/run.exe": b"MZ"})),
    "a word document that loads a template": (
        "letter.docx",
        word(
            {
                "word/_rels/settings.xml.rels": b'<R Type="http://x/attachedTemplate" TargetMode="External" Target="http://x"/>'
            }
        ),
    ),
    "a word document with entities": ("letter.docx", word(body=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    "a word document with a path": ("letter.docx", word({"../../etc/cron.d/run.xml": b"x"})),
    "a word document with an absolute path": ("letter.docx", word({"/etc/passwd.xml": b"x"})),
    "a word document with too many parts": ("letter.docx", word({f"word/p{n}.xml": b"x" for n in range(1_001)})),
    "a zip bomb": ("letter.docx", bomb()),
    "something before a word document": ("letter.docx", b"MZ" + word()),
    "an image of 20,000 by 20,000": ("scan.png", huge_png()),
    "a long thin image": ("scan.png", huge_png(12_001)),
    "a damaged png": ("scan.png", picture()[:60]),
    "a damaged jpeg": ("scan.jpg", picture("JPEG")[:100]),
}
