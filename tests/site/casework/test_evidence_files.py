"""What may come in as evidence, what may not, and how it lies: trust.md T13."""

from __future__ import annotations

import base64
import io
import tracemalloc
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from tests.site.casework.hostile import HOSTILE, PDF, picture, word

from placewell_web.clients.documents import EvidenceStore, EvidenceUnreadable, FileRefused, check_file
from placewell_web.clients.documents.intake import safe_name

KEY, OTHER_KEY = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_file(*HOSTILE[name])
    sentence = refused.value.problems[0]
    assert sentence.endswith(".")
    assert "Traceback" not in sentence


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("payslip.pdf", PDF, "application/pdf"),
        ("PAYSLIP.PDF", PDF, "application/pdf"),
        ("scan.png", picture(), "image/png"),
        ("scan.jpg", picture("JPEG"), "image/jpeg"),
        ("scan.jpeg", picture("JPEG"), "image/jpeg"),
        ("letter.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            "letter.docx",
            word({"word/media/image1.png": picture()}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_an_honest_file_is_kept(name: str, content: bytes, media_type: str) -> None:
    assert check_file(name, content).media_type == media_type


def test_a_picture_is_drawn_anew_without_what_cannot_be_seen() -> None:
    taken = picture("JPEG", exif=True) + b"<?php system($_GET['c']); ?>"
    kept = check_file("photo.jpg", taken).content
    assert b"Secret Street" in taken
    assert b"Secret Street" not in kept
    assert b"php" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_large_picture_becomes_smaller() -> None:
    kept = check_file("photo.jpg", picture("JPEG", (6_000, 4_000))).content
    assert max(Image.open(io.BytesIO(kept)).size) == 3_000


@pytest.mark.parametrize("name", ["an image of 20,000 by 20,000", "a zip bomb"])
def test_a_bomb_does_not_fill_the_memory(name: str) -> None:
    file = HOSTILE[name]
    tracemalloc.start()
    with pytest.raises(FileRefused):
        check_file(*file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\pay slip.pdf", "pay slip.pdf"),
        ("pay\x00slip\x07.pdf", "payslip.pdf"),
        ("pay‮fdp.pdf", "payfdp.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("", "proof"),
        ("...", "proof"),
    ],
)
def test_a_name_is_only_for_show(given: str, shown: str) -> None:
    assert safe_name(given) == shown


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence", [KEY])


def test_a_file_lies_encrypted_under_a_random_name(store: EvidenceStore) -> None:
    id = uuid4()
    names = {store.put(id, PDF) for _ in range(5)}
    assert len(names) == 5
    for name in names:
        blob = (store.folder / name).read_bytes()
        assert b"%PDF" not in blob
        assert blob.startswith(b"PWEV1\x00" + store.current)
        assert (store.folder / name).stat().st_mode & 0o077 == 0
        assert store.get(id, name) == PDF


@pytest.mark.parametrize("place", [0, 7, 15, 30, -1])
def test_one_changed_byte_is_found(store: EvidenceStore, place: int) -> None:
    id = uuid4()
    name = store.put(id, PDF)
    blob = bytearray((store.folder / name).read_bytes())
    blob[place] ^= 1
    (store.folder / name).write_bytes(blob)
    with pytest.raises(EvidenceUnreadable):
        store.get(id, name)


def test_a_file_put_in_the_place_of_another_does_not_open(store: EvidenceStore) -> None:
    first, second = uuid4(), uuid4()
    name = store.put(first, PDF)
    with pytest.raises(EvidenceUnreadable):
        store.get(second, name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "ab/" + "0" * 40, "ab/" + "g" * 40])
def test_a_name_that_is_none_of_ours_reads_nothing(store: EvidenceStore, name: str) -> None:
    with pytest.raises(EvidenceUnreadable):
        store.get(uuid4(), name)


def test_a_new_key_writes_and_the_old_one_still_reads(tmp_path: Path) -> None:
    id = uuid4()
    old = EvidenceStore(tmp_path, [KEY])
    name = old.put(id, PDF)
    changed = EvidenceStore(tmp_path, [OTHER_KEY, KEY])
    assert changed.get(id, name) == PDF
    newer = changed.put(id, PDF)
    with pytest.raises(EvidenceUnreadable):
        old.get(id, newer)


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"x" * 16).decode(), "!!!"])
def test_a_key_that_is_no_key_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        EvidenceStore(tmp_path, [key])


def test_a_file_whose_record_failed_is_removed(store: EvidenceStore) -> None:
    name = store.put(uuid4(), PDF)
    store.forget(name)
    store.forget("../../nothing")
    assert not (store.folder / name).exists()
