"""Words that a name, a cell or a note may bear and that some reader takes for more than words."""

from __future__ import annotations

_FAR = "file://server/share/x.png"
HOSTILE: tuple[str, ...] = (
    f'<img src="{_FAR}">', f"<IMG SRC='{_FAR}'/>", f'  <img src="{_FAR}">', f'\n<img src="{_FAR}">', f'< img src="{_FAR}">',
    f'甲<img src="{_FAR}">', f"<p><img src='{_FAR}'></p>", f'<a href="{_FAR}">甲</a>', "<b>甲</b>", "<!-- 甲 -->", "<!DOCTYPE html><p>甲",
    "<?xml version='1.0'?><html>甲</html>", "&lt;img&gt;", "<table><tr><td>甲</td></tr></table>", f'<body background="{_FAR}">',
    f"<style>@import '{_FAR}'</style>", f'<link rel="stylesheet" href="{_FAR}">', f'<iframe src="{_FAR}"></iframe>', "<script>alert(1)</script>",
    f'<svg onload=alert(1)><image href="{_FAR}"/></svg>', f"![甲]({_FAR})", f"[甲]({_FAR})", "<qt>甲</qt>", "<br>", "<h1>甲</h1>",
    "=HYPERLINK(\"http://server/x\",\"甲\")", "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", " =1+1", "＝1＋1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "甲\u202egpj.exe", "甲\u200b乙", "甲\x00乙", "甲\x07乙", "甲\x0b乙", "\ud800", "甲\ufffe乙",
    "{{7*7}}", "${7*7}", "%s%n", "甲'; DROP TABLE projects; --", '甲"乙', "甲\\乙", "../../甲", "C:\\甲", "CON", "甲&乙", "]]>", "<![CDATA[甲]]>",
)
"""More than forty; each goes through every way out (tests/reliability/test_export_words.py, tests/ui/test_plain_text.py)."""
