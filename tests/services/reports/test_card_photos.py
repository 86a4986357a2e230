"""Photographs of a project's card: which, when and where taken, and what is doubtful about them."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageDraw, TiffImagePlugin

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.reports.freeze import freeze, thaw
from hydesk.reports.photos import PhotoRow
from hydesk.services.projects.attach_file import attach_files
from hydesk.services.projects.photo_files import fit_photo, read_photo
from hydesk.services.reports.card_photos import card_photos
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.reports.print_report import print_report

JUNE = Period.month(2023, 6)


def picture(path: Path, seed: int, taken: str = "", place: tuple[float, float] | None = None, size: tuple[int, int] = (640, 480),
            turned: int = 1) -> Path:
    """A site drawn by chance, with what a camera writes beside it."""
    dice = random.Random(seed)
    image = Image.new("RGB", size, (200, 210, 220))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        pen.rectangle((x, y, x + size[0] // 3, y + size[1] // 3), fill=tuple(dice.randrange(256) for _ in range(3)))
    exif = Image.Exif()
    exif[0x0112] = turned
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if place:
        def parts(value: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
            return tuple(TiffImagePlugin.IFDRational(v) for v in (int(value), int(value * 60 % 60), round(value * 3600 % 60)))

        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", parts(place[0]), "E", parts(place[1])
    image.save(path, quality=90, exif=exif)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_a_picture_tells_when_and_where_it_was_taken(folder: Path) -> None:
    facts = read_photo(picture(folder / "a.jpg", 1, "2023:06:15 10:20:30", (26.8933, 112.5722)))
    assert facts is not None
    assert str(facts.taken) == "2023-06-15"
    assert facts.place_words == "北纬26.8933°，东经112.5722°"
    bare = read_photo(picture(folder / "b.png", 1))
    assert bare is not None
    assert (bare.taken, bare.place_words) == (None, "")


def test_what_is_no_picture_is_none(folder: Path) -> None:
    for name, content in (("a.jpg", b""), ("b.jpg", b"\xff\xd8\xff" + b"x" * 500), ("c.png", b"MZ"), ("d.jpg", b"<svg/>")):
        (folder / name).write_bytes(content)
        assert read_photo(folder / name) is None
        assert fit_photo(folder / name) is None
    half = picture(folder / "e.jpg", 3).read_bytes()
    (folder / "f.jpg").write_bytes(half[: len(half) // 2])
    assert fit_photo(folder / "f.jpg") is None
    assert read_photo(folder / "nothing.jpg") is None


def test_a_picture_is_turned_upright_and_made_small(folder: Path) -> None:
    fitted = fit_photo(picture(folder / "a.jpg", 1, size=(3000, 2000), turned=6))
    assert fitted is not None
    width, height, content = fitted
    assert (width, height) == (800, 1200)
    assert Image.open(BytesIO(content)).size == (800, 1200)


def test_a_copy_saved_anew_looks_the_same_and_another_picture_does_not(folder: Path) -> None:
    first = picture(folder / "a.jpg", 1, size=(1600, 1200))
    Image.open(first).resize((500, 375)).save(folder / "copy.png")
    a, b = read_photo(first), read_photo(folder / "copy.png")
    assert a is not None
    assert b is not None
    assert a.looks_like(b)
    for seed in range(2, 30):
        other = read_photo(picture(folder / f"{seed}.jpg", seed))
        assert other is not None
        assert not a.looks_like(other)


def test_photographs_of_the_period_come_first_and_doubts_are_said(demo_ledger: Ledger, folder: Path) -> None:
    march = picture(folder / "三月.jpg", 11, "2023:03:02 09:00:00")
    june = picture(folder / "六月.jpg", 12, "2023:06:20 09:00:00", (26.9, 112.6))
    july = picture(folder / "七月.jpg", 13, "2023:07:03 09:00:00")
    attach_files(demo_ledger, 21, [march, june, july])
    shown = card_photos(demo_ledger, JUNE, 21)
    assert [(p.name, p.doubt) for p in shown] == [("六月.jpg", ""), ("三月.jpg", "◆早于本期（2023年6月）")]
    assert shown[0].caption.startswith("2023年6月20日摄　北纬26.9")
    attach_files(demo_ledger, 22, [june])
    Image.open(march).resize((320, 240)).save(folder / "缩小.png")
    attach_files(demo_ledger, 23, [folder / "缩小.png"])
    assert "是同一个文件" in card_photos(demo_ledger, JUNE, 22)[0].doubt
    (lent,) = card_photos(demo_ledger, JUNE, 23)
    assert lent.doubt == "◆与HY2023-021的“三月.jpg”像是同一张"
    assert card_photos(demo_ledger, JUNE, 24) == ()


def test_a_card_prints_its_photographs_on_one_page_and_is_frozen_with_them(demo_ledger: Ledger, folder: Path) -> None:
    attach_files(demo_ledger, 31, [picture(folder / "甲.jpg", 31, "2023:06:20 09:00:00"), picture(folder / "乙.jpg", 32, "2023:05:20 09:00:00")])
    report = compile_report(demo_ledger, ReportKind.PROJECT, JUNE, "HY2023-031")
    assert any(isinstance(b, PhotoRow) for s in report.sections for b in s.blocks)
    assert thaw(freeze(report)) == report
    pdf, word = print_report(report, folder, ("pdf", "docx"))
    document = pypdfium2.PdfDocument(str(pdf))
    assert len(document) == 1
    page = document[0]
    assert "现场照片" in (text := page.get_textpage().get_text_range())
    assert "早于本期" in text
    assert sum(o.type == 3 for o in page.get_objects()) == 2
    assert len(Document(str(word)).inline_shapes) == 3  # the year's curve and the two photographs
