"""Workbooks put together part by part, so that every part can be wrong in its own way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TITLES = ("序号", "项目编号", "项目名称", "总投资(万元)", "2023年度计划投资", "1-6月完成投资", "6月完成投资", "形象进度")


def zipped(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """A zip of ``parts``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def cell(reference: str, value: object) -> str:
    """One cell of a sheet's XML, words inline."""
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def rows(count: int = 3, start: int = 1) -> str:
    """A small return's rows, head first."""
    lines = [TITLES]
    for n in range(1, count + 1):
        lines.append((n, f"HY2023-{n:03d}", f"第{n}号项目", 100000, 20000, 3000, 500, "主体施工"))  # type: ignore[arg-type]
    return "".join(
        f'<row r="{r}">' + "".join(cell(f"{chr(65 + c)}{r}", v) for c, v in enumerate(line)) + "</row>"
        for r, line in enumerate(lines, start))


def sheet(data: str = "", *, before: str = "", after: str = "", ns: str = NS) -> str:
    """A worksheet part around the rows ``data``."""
    return (f'{HEAD}<worksheet xmlns="{ns}" xmlns:r="{REL}">{before}'
            f"<sheetData>{data or rows()}</sheetData>{after}</worksheet>")


def workbook(*sheets: tuple[str, str], extra: str = "", ns: str = NS) -> str:
    """The workbook part; each sheet as (name, attributes)."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{more}/>' for n, (name, more) in
                     enumerate(sheets, 1))
    return f'{HEAD}<workbook xmlns="{ns}" xmlns:r="{REL}"><sheets>{listed}</sheets>{extra}</workbook>'


def relations(*targets: tuple[str, str], more: str = "") -> str:
    """A relationships part; each as (kind, target)."""
    listed = "".join(f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="{target}"/>' for n, (kind, target) in
                     enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}{more}</Relationships>'


TYPES = (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')


def parts(*sheets: str, **changed: str | bytes) -> dict[str, str | bytes]:
    """The parts of a plain xlsx; ``changed`` replaces parts, ``/`` written as ``__``."""
    bodies = sheets or (sheet(),)
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(*((f"表{n}", "") for n in range(1, len(bodies) + 1))),
        "xl/_rels/workbook.xml.rels": relations(*(("worksheet", f"worksheets/sheet{n}.xml")
                                                  for n in range(1, len(bodies) + 1))),
    }
    for n, body in enumerate(bodies, 1):
        made[f"xl/worksheets/sheet{n}.xml"] = body
    for name, data in changed.items():
        made[name.replace("__", "/")] = data
    return made


def xlsx(*sheets: str, **changed: str | bytes) -> bytes:
    """A plain xlsx."""
    return zipped(parts(*sheets, **changed))


def without(*names: str) -> bytes:
    """A plain xlsx that lacks parts."""
    return zipped({k: v for k, v in parts().items() if k not in names})


def with_strings(strings: str, data: str) -> bytes:
    """An xlsx with a shared strings part."""
    made = parts(sheet(data))
    made["xl/sharedStrings.xml"] = strings
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", "worksheets/sheet1.xml"),
                                                    ("sharedStrings", "sharedStrings.xml"))
    return zipped(made)


def with_styles(styles: str, data: str = "") -> bytes:
    """An xlsx with a styles part."""
    made = parts(sheet(data))
    made["xl/styles.xml"] = styles
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    return zipped(made)
