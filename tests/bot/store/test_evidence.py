"""Evidence files: what is kept, what is refused and why, under which name."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from bot.store import StoreError
from bot.store.evidence import LONGEST_NAME, EvidenceFolder, safe_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 40
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\0" * 40
GIF = b"GIF89a" + b"\0" * 40
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\0" * 40
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 40
RAR = b"Rar!\x1a\x07\x01\x00" + b"\0" * 40
SEVEN = b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\0" * 40
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x21" + b"\0" * 60
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 40
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", "<w/>")
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "evidence", most_megabytes=1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("营业执照.pdf", PDF),
        ("照片.JPG", JPG),
        ("photo.jpeg", JPG),
        ("screen.png", PNG),
        ("a.gif", GIF),
        ("a.webp", WEBP),
        ("a.heic", HEIC),
        ("android.heic", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + b"\0" * 40),
        ("android.mp4", b"\0\0\0\x18ftyp3gp4\0\0\2\0isom3gp4" + b"\0" * 40),
        ("台账.xls", OLE),
        ("制度.doc", OLE),
        ("表.et", OLE),
        ("文.wps", OLE),
        ("手册.docx", archive()),
        ("all.zip", archive()),
        ("a.rar", RAR),
        ("a.7z", SEVEN),
        ("call.wav", WAV),
        ("call.mp3", MP3),
        ("call.mp3", b"\xff\xf3\x40\xc4" + b"\0" * 400),
        ("call.m4a", MP4),
        ("visit.mp4", MP4),
        ("visit.mov", MP4),
        ("list.csv", "网点,电话\n".encode()),
        ("gbk.txt", "售后服务手册".encode("gb18030")),
        ("long.txt", ("服务" * 5000).encode()),
        ("notepad.txt", "售后服务手册".encode("utf-16")),
        ("excel.csv", "网点,电话\n".encode("utf-8-sig")),
        ("title.txt", "<售后服务手册>".encode()),
    ],
)
def test_what_counts_as_evidence_is_kept_under_its_checksum(
    folder: EvidenceFolder, name: str, content: bytes
) -> None:
    sent = folder.keep_bytes(name, content)
    assert sent.refusal is None
    assert sent.size == len(content)
    assert folder.path_of(sent.sha256).read_bytes() == content
    assert folder.path_of(sent.sha256).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("virus.exe", EXE, "type"),
        ("invoice.pdf", EXE, "content"),
        ("photo.png", b"<svg onload=alert(1)>", "content"),
        ("page.html", b"<html></html>", "type"),
        ("page.txt", b"  <html><script>", "content"),
        ("run.txt", b"#!/bin/sh\nrm -rf /", "content"),
        ("data.txt", b"abc\0def", "content"),
        ("marked.txt", b"\xef\xbb\xbf<script>alert(1)", "content"),
        ("wide.txt", "<!DOCTYPE html>".encode("utf-16"), "content"),
        ("control.txt", b"\x1b]0;owned\x07 text", "content"),
        ("neither.txt", b"\xff\xff\xff\xff", "content"),
        ("picture.heic", MP4, "content"),
        ("sound.mp3", EXE, "content"),
        ("noname", PDF, "type"),
        ("script.sh", b"echo", "type"),
        ("image.svg", b"<svg/>", "type"),
        ("short.pdf", b"x", "content"),
        ("empty.pdf", b"", "empty"),
        ("large.pdf", PDF + b"\0" * 1024 * 1024, "too_large"),
    ],
)
def test_what_does_not_is_refused_and_nothing_is_kept(
    folder: EvidenceFolder, name: str, content: bytes, why: str
) -> None:
    sent = folder.keep_bytes(name, content)
    assert sent.refusal == why
    assert not sent.sha256
    assert not folder.folder.exists()


def test_the_same_content_is_kept_once(folder: EvidenceFolder) -> None:
    first, second = folder.keep_bytes("a.pdf", PDF), folder.keep_bytes("b.pdf", PDF)
    assert first.sha256 == second.sha256
    assert [path.name for path in folder.folder.rglob("*") if path.is_file()] == [first.sha256]


def test_a_file_is_taken_from_where_it_lies(folder: EvidenceFolder, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert folder.keep(tmp_path / "a.pdf").refusal is None
    assert folder.keep(tmp_path / "gone.pdf").refusal == "unreadable"
    assert folder.keep(tmp_path).refusal == "unreadable"
    (tmp_path / "large.pdf").write_bytes(PDF + b"\0" * 1024 * 1024)
    assert folder.keep(tmp_path / "large.pdf").limit == "1 MB"


def test_a_folder_that_takes_no_file_is_said_so(folder: EvidenceFolder) -> None:
    folder.folder.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot take the file"):
        folder.keep_bytes("a.pdf", PDF)


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace"])
def test_a_disk_that_is_full_keeps_no_part_of_a_file(
    folder: EvidenceFolder, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as failing:
        failing.setattr(fails, fail)
        with pytest.raises(StoreError, match="No space left"):
            folder.keep_bytes("a.pdf", PDF)
    assert [path for path in folder.folder.rglob("*") if path.is_file()] == []
    assert folder.keep_bytes("a.pdf", PDF).refusal is None


def test_a_file_that_cannot_be_read_is_said_so(
    folder: EvidenceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)

    def fail(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", fail)
    assert folder.keep(tmp_path / "a.pdf").refusal == "unreadable"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\报告.pdf", "报告.pdf"),
        (".bashrc", "bashrc"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("\udcff名\u2066.pdf", "名.pdf"),
        ("  two   words.pdf ", "two words.pdf"),
    ],
)
def test_a_name_is_a_bare_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert len(safe_name("证" * 500 + ".pdf")) == LONGEST_NAME
    assert safe_name("证" * 500 + ".pdf").endswith(".pdf")


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("photo.jpg", PNG, "image/png"), ("photo.png", JPG, "image/jpeg")]
)
def test_a_picture_that_was_renamed_is_kept_as_what_it_is(
    folder: EvidenceFolder, name: str, content: bytes, kind: str
) -> None:
    sent = folder.keep_bytes(name, content)
    assert (sent.refusal, sent.media_type) == (None, kind)
