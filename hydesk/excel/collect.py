"""Files, folders and zip archives → the single files to read, each with its bytes."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from hydesk.dataclass import dataclass
from hydesk.domain.errors import system_words
from hydesk.domain.file_names import PAPERS, visible
from hydesk.excel import limits
from hydesk.excel.read import is_archive

ENDINGS = frozenset({".xls", ".xlsx", ".xlsm", ".et", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".html", ".htm", ".xml", ".zip"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``problem`` is a sentence when it was not read, and ``content`` is then empty.

    ``skipped`` marks a file that is rightly passed over, such as a lock file of an open workbook.
    """

    name: str
    path: Path
    content: bytes = b""
    problem: str | None = None
    skipped: bool = False


def collect(paths: Iterable[Path]) -> list[Source]:
    """Every workbook under ``paths``, in order; nothing is raised, what cannot be read says why."""
    sources: list[Source] = []
    held = 0
    for file in _files(paths):
        for source in (file,) if isinstance(file, Source) else _from_file(file):
            if held + len(source.content) > limits.TOGETHER_BYTES:
                source = Source(source.name, source.path, problem=f"这一次的文件加起来太大，“{source.name}”没有读取。请分几次收。")
            held += len(source.content)
            sources.append(source)
    return sources


def _files(paths: Iterable[Path]) -> Iterator[Path | Source]:
    for path in paths:
        try:
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS | PAPERS) if path.is_dir() else None
        except (OSError, ValueError) as e:
            yield Source(visible(path.name), path, problem=f"打不开“{visible(path.name)}”（{system_words(e)}）。请核对后再试。")
            continue
        if inside is None:
            yield path
            continue
        yield from inside[: limits.ARCHIVE_FILES]
        if not any(p.suffix.lower() in ENDINGS for p in inside):
            yield Source(path.name, path, problem=f"文件夹“{path.name}”里没有表格文件。")
        elif len(inside) > limits.ARCHIVE_FILES:
            yield Source(path.name, path, problem=f"文件夹“{path.name}”里有 {len(inside)} 个表格文件，只收了前 "
                         f"{limits.ARCHIVE_FILES} 个。请把其余的另放一个文件夹再收。")


def _from_file(path: Path) -> list[Source]:
    name = visible(path.name)
    if name.startswith(("~$", ".~")):
        return [Source(name, path, problem=f"“{name}”是打开表格时留下的临时文件，已跳过。", skipped=True)]
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            return [Source(name, path, problem=f"“{name}”不是普通文件，没有读取。请核对后再试。")]
        if known.st_size > limits.FILE_BYTES:
            return [Source(name, path, problem=f"“{name}”超过 {limits.FILE_BYTES // 1024 // 1024} MB，不像是报表。请核对后重报。")]
        content = path.read_bytes()
    except FileNotFoundError:
        return [Source(name, path, problem=f"找不到文件“{visible(str(path))}”。请核对路径。")]
    except PermissionError:
        return [Source(name, path, problem=f"没有权限读取“{name}”。请先关闭占用它的程序，或复制到别处再导入。")]
    except (OSError, ValueError) as e:
        return [Source(name, path, problem=f"读取“{name}”时出错（{system_words(e) if isinstance(e, OSError) else e}）。请核对磁盘或网络后再试。")]
    if is_archive(content):
        return _from_archive(path, content)
    return [Source(name, path, content)]


def _from_archive(path: Path, content: bytes) -> list[Source]:
    sources: list[Source] = []
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist()[: limits.ARCHIVE_FILES]:
            name = visible(PurePosixPath(_member_name(member).replace("\\", "/")).name)
            ending = PurePosixPath(name).suffix.lower()
            if member.is_dir() or not name or name.startswith(("~$", ".")) or "__MACOSX" in member.filename:
                continue
            if ending not in ENDINGS | PAPERS or ending == ".zip":
                continue
            total += member.file_size
            if member.file_size > limits.FILE_BYTES or total > limits.TOGETHER_BYTES:
                sources.append(Source(name, path, problem=f"压缩包“{path.name}”展开后过大，“{name}”没有读取。"))
                break
            if member.flag_bits & 1:
                sources.append(Source(name, path, problem=f"压缩包“{path.name}”加了密码，“{name}”读不了。请去掉密码后再报。"))
                continue
            try:
                sources.append(Source(name, path, archive.read(member)))
            except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error,
                    lzma.LZMAError):
                sources.append(Source(name, path, problem=f"压缩包“{path.name}”里的“{name}”已损坏。请重新压缩后再报。"))
        if len(archive.infolist()) > limits.ARCHIVE_FILES:
            sources.append(Source(path.name, path, problem=f"压缩包“{path.name}”里文件过多，只看了前 {limits.ARCHIVE_FILES} 个。"
                                  "请分开压缩后再收。"))
    return sources or [Source(path.name, path, problem=f"压缩包“{path.name}”里没有表格文件。")]


def _member_name(member: zipfile.ZipInfo) -> str:
    """Windows tools store GBK names without saying so; zipfile then reads them as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
