"""What Windows shows under 属性 → 详细信息 of the programs."""

from __future__ import annotations

from typing import Any

CHINESE_UNICODE = "080404B0"


def version_resource(version: str, name: str) -> Any:
    """PyInstaller's version resource for the program ``name`` at ``version`` (such as 0.2.0)."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(n) for n in version.split(".")), 0, 0, 0, 0)[:4]
    texts = {
        "FileDescription": "衡阳重点项目台账" if name == "hydesk" else "衡阳重点项目台账（命令行）",
        "ProductName": "hydesk",
        "InternalName": name,
        "OriginalFilename": f"{name}.exe",
        "FileVersion": version,
        "ProductVersion": version,
        "CompanyName": "hydesk",
        "LegalCopyright": "MIT 许可",
    }
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            StringFileInfo([StringTable(CHINESE_UNICODE, [StringStruct(k, v) for k, v in texts.items()])]),
            VarFileInfo([VarStruct("Translation", [0x0804, 1200])]),
        ],
    )
