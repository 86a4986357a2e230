"""xlsx, xlsm, xlsb, xls, et and ods → grids: what is plainly a table of usual size here, anything else in a second process."""

from __future__ import annotations

from hydesk.domain.grid import Book
from hydesk.excel.grids import read_within
from hydesk.excel.guarded import read_guarded
from hydesk.excel.mend_xlsx import without_far_blanks
from hydesk.excel.parts import Parts
from hydesk.excel.silence import silence
from hydesk.excel.unusual import Unusual, refuse_unusual

_LARGEST_TRIMMED = 20 * 1024 * 1024


def read_workbook(content: bytes, name: str, form: str, parts: Parts | None = None) -> Book:
    """The workbook's sheets. ``form`` is what the bytes are: xlsx, xlsb, xls or ods; ``parts`` those of an xlsx, where
    the caller has opened it.

    What is not plainly a table of usual size is read by a second process. Raises HydeskError.
    """
    try:
        try:
            refuse_unusual(content, form, parts)
        except Unusual:
            trimmed = without_far_blanks(content) if form == "xlsx" and len(content) < _LARGEST_TRIMMED else None
            if trimmed is None:
                raise
            refuse_unusual(trimmed, form)
            content, parts = trimmed, None
        with silence():
            return read_within(content, name, form, parts)
    except Unusual as unusual:
        return read_guarded(content, name, form, f"“{name}”{unusual.why}" if unusual.why else "")
