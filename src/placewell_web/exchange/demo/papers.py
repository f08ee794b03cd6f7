"""Paper for the demo's proof that waits: a made-up page for each document, so that there is something to open."""

from __future__ import annotations

import hashlib
from datetime import datetime

from placewell.periods import in_words
from placewell.vocabulary import label
from placewell_web.casework.models import Evidence
from placewell_web.clients.documents.settings import store

PDF = "application/pdf"


def load_papers(at: datetime) -> None:
    """A file for every document that waits to be verified and has none."""
    waiting = Evidence.unscoped.filter(status="received", storage_name="").select_related(
        "episode__person", "job__employer"
    )
    for evidence in waiting:
        content = page_of(_lines(evidence))
        evidence.storage_name = store().put(evidence.pk, content)
        evidence.file_name, evidence.media_type, evidence.size = f"{evidence.kind}.pdf", PDF, len(content)
        evidence.sha256 = hashlib.sha256(content).hexdigest()
        evidence.save()


def page_of(lines: list[str]) -> bytes:
    """One A4 page with these lines, as a PDF."""
    text = "".join(f"0 -22 Td ({_escaped(line)}) Tj " for line in lines)
    stream = f"BT /F1 14 Tf 60 790 Td {text}ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def _lines(evidence: Evidence) -> list[str]:
    person, job = evidence.episode.person, evidence.job
    employer = job.employer.name if job and job.employer else ""
    return [
        f"{label('evidence_kind', evidence.kind)} (made up for a demonstration)",
        "",
        f"{person.first_name} {person.surname}",
        *([employer] if employer else []),
        *([f"Covers {in_words(evidence.about_on)}"] if evidence.about_on else []),
        *([f"{job.contract_hours:g} hours a week"] if job and job.contract_hours else []),
    ]


def _escaped(line: str) -> str:
    """As text of a PDF: no bracket of its own, no letter beyond Latin-1."""
    plain = line.encode("latin-1", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
