"""Any spreadsheet's bytes → a plain grid. What a file is, is decided by its first bytes, never by its name."""

from __future__ import annotations

import io
import zipfile

from hydesk.domain.collector import collector_paused
from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book
from hydesk.excel import limits
from hydesk.excel.default_password import opened_by_default
from hydesk.excel.markup import is_html, is_spreadsheetml, read_html, read_spreadsheetml
from hydesk.excel.mend_xlsx import mended, refuse_entities
from hydesk.excel.parts import Parts
from hydesk.excel.text_table import decode, read_text_table
from hydesk.excel.workbook import read_workbook
from hydesk.excel.xls_password import is_locked, is_obscured, xls_opened_by_default

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_LOCKED = "“{}”加了打开密码，读不了。请让填报单位去掉密码后再报。"
_OBSCURED = "“{}”存成了老式的加密文件（打开时不一定问密码），读不了。请让填报单位用 WPS 或 Excel 打开，另存为 xlsx 后再报。"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def read_book(content: bytes, name: str, most_rows: int = limits.ROWS) -> Book:
    """The workbook in ``content``; ``name`` is only used in sentences.

    Raises HydeskError with a sentence for the clerk when the file is empty, too large (a sheet of more than
    ``most_rows`` rows among it), locked by a password, damaged, or no spreadsheet at all. Nothing else is ever
    raised, whatever the bytes.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise HydeskError(f"“{name}”是空文件，没有内容。请让填报单位重新发送。")
    if len(content) > limits.FILE_BYTES:
        raise HydeskError(f"“{name}”超过 {limits.FILE_BYTES // 1024 // 1024} MB，不像是报表。请核对后重报。")
    try:
        with collector_paused():
            book = _read(content, name)
            limits.check_rows(book, most_rows)
            return book
    except HydeskError:
        raise
    except MemoryError:
        raise HydeskError(f"“{name}”太大，内存放不下。请删去多余内容后另存再报。") from None
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as e:
        # The readers of foreign formats may fail in any way on damaged bytes, a panic of calamine's among them,
        # which is no Exception; for the clerk it is one thing.
        raise HydeskError(f"“{name}”已损坏，读不出来。请用 WPS 或 Excel 打开另存后再报。") from e


def _read(content: bytes, name: str) -> Book:
    head = content[:4096]
    if head.startswith(_OLE):
        return _read_ole(content, name)
    if head.startswith((_ZIP, b"PK\x05\x06")):
        return _read_zip(content, name)
    if head.startswith(_BIFF):
        return read_workbook(content, name, "xls")
    if head.startswith(b"%PDF"):
        raise HydeskError(f"“{name}”是 PDF，不是表格。请让填报单位报送 Excel 或 WPS 表格。")
    if head.startswith(_PICTURES):
        raise HydeskError(f"“{name}”是图片，没有可读取的表格。请让填报单位报送 Excel 或 WPS 表格。")
    if head.startswith((b"Rar!", b"7z\xbc\xaf")):
        raise HydeskError(f"“{name}”是 RAR 或 7z 压缩包。请先解压，或改用 zip 再报。")
    if head.startswith(b"{\\rtf"):
        raise HydeskError(f"“{name}”是文字文档，不是表格。请让填报单位报送 Excel 或 WPS 表格。")
    return _read_words(content, name)


def _read_words(content: bytes, name: str) -> Book:
    if len(content) > limits.TEXT_BYTES:
        raise HydeskError(f"“{name}”超过 {limits.TEXT_BYTES // 1024 // 1024} MB，不像是报表。请核对后重报。")
    text = decode(content)
    if text is None:
        raise HydeskError(f"“{name}”不是表格文件，或已损坏。请用 WPS 或 Excel 打开另存后再报。")
    if (is_spreadsheetml(text) or is_html(text)) and text.count("<") > limits.TAGS:
        raise HydeskError(f"“{name}”内容过多，不像是一份报表。请只留下要报的项目后再报。")
    if is_spreadsheetml(text):
        return read_spreadsheetml(text, name)
    if is_html(text):
        return read_html(text, name)
    return read_text_table(text, name)


def _read_ole(content: bytes, name: str) -> Book:
    entries = {n: n.encode("utf-16-le") in content for n in ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document")}
    if entries["EncryptedPackage"]:
        if (opened := opened_by_default(content)) is not None:
            return _read_zip(opened, name)
        raise HydeskError(_LOCKED.format(name))
    if not (entries["Workbook"] or entries["Book"]):
        if entries["WordDocument"]:
            raise HydeskError(f"“{name}”是 Word 文档，不是表格。请让填报单位报送 Excel 或 WPS 表格。")
        raise HydeskError(f"“{name}”里没有工作表，不是表格文件。请核对后重报。")
    if is_locked(content):
        if (opened := xls_opened_by_default(content)) is None:
            raise HydeskError((_OBSCURED if is_obscured(content) else _LOCKED).format(name))
        content = opened
    return read_workbook(content, name, "xls")


def _read_zip(content: bytes, name: str) -> Book:
    try:
        parts = Parts(content)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as e:
        raise HydeskError(f"“{name}”已损坏或没有下载完整，打不开。请让填报单位重新发送。") from e
    members = parts.members
    if sum(m.file_size for m in members) > limits.UNZIPPED_BYTES:
        raise HydeskError(f"“{name}”展开后过大，不像是报表，没有读取。请核对后重报。")
    names = {m.filename.replace("\\", "/") for m in members}
    if any(m.flag_bits & 1 for m in members):
        raise HydeskError(_LOCKED.format(name))
    if "mimetype" in parts and b"opendocument.spreadsheet" in parts.read("mimetype")[:200]:
        refuse_entities(parts, ("content.xml", "styles.xml"), name)
        return read_workbook(content, name, "ods")
    if any(n.lower() == "xl/workbook.bin" for n in names):
        return read_workbook(content, name, "xlsb")
    if any(n.lower().startswith("xl/workbook") and n.lower().endswith(".xml") for n in names):
        parts = mended(parts, name)
        return read_workbook(parts.content, name, "xlsx", parts)
    if any(n.startswith("word/") for n in names):
        raise HydeskError(f"“{name}”是 Word 文档，不是表格。请让填报单位报送 Excel 或 WPS 表格。")
    if any(n.lower().endswith((".xls", ".xlsx", ".et", ".csv", ".ods", ".xlsb", ".xlsm")) for n in names):
        raise HydeskError(f"“{name}”是压缩包。请解压后再导入，或把压缩包整个拖入收报窗口。")
    raise HydeskError(f"“{name}”不是表格文件。请让填报单位报送 Excel 或 WPS 表格。")


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip of files rather than a workbook (which is a zip as well)."""
    if not content.startswith(_ZIP):
        return False
    try:
        names = {n.lower().replace("\\", "/") for n in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return not any(n.startswith(("xl/", "word/", "ppt/")) or n in ("mimetype", "[content_types].xml") for n in names)
