"""Words that stand on more than one screen: one table, so that a thing is called the same everywhere (docs/patterns.md)."""

from __future__ import annotations

UNIT = "单位"
"""The head and filter of who reports (填报单位)."""
CODE, PROJECT = "编号", "项目名称"
COPIED = "已复制 {n} 行，可粘贴到 Excel"
"""Said after Ctrl+C in a table."""
EXPORT, IMPORT = "导出 Excel", "导入 Excel"
PRINT, COPY, OPEN, BACK = "打印", "复制", "打开", "返回"
ADD, CHANGE, DELETE, SAVE, CANCEL = "新增", "修改", "删去", "保存", "取消"
UP, DOWN = "上移", "下移"
CLEAR = "清除筛选"
NONE_FOUND = "没有符合条件的{what}。"
EARLIER = "正在读取…"
