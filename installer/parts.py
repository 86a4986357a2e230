"""What of the libraries goes into the frozen program and what is left out, each with the reason."""

from __future__ import annotations

LEFT_OUT_MODULES = [
    "tkinter", "IPython", "matplotlib", "scipy", "cupy",
    # Tools of the checkout, and what colours their output.
    "pytest", "hypothesis", "mypy", "ruff", "setuptools", "pkg_resources", "pip", "PyInstaller", "pygments",
    # Nothing here is drawn through OpenGL; pyqtgraph imports Qt's own modules for it all the same (without_opengl.py). 11 MB.
    "OpenGL", "pyqtgraph.opengl", "pyqtgraph.examples", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    # Forms of pictures that no spreadsheet brings and no report prints. 11 MB.
    "PIL._avif", "PIL.AvifImagePlugin", "PIL._webp", "PIL.WebPImagePlugin", "PIL._imagingft", "PIL._imagingcms",
    # Of lxml python-docx takes the tree alone.
    "lxml.objectify", "lxml.html",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtTest",
    "PySide6.QtNetwork", "PySide6.QtUiTools", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtXml",
    # Databases and drivers that hydesk does not speak to.
    "psycopg2", "MySQLdb", "pymysql", "oracledb", "pyodbc",
]

_LEFT_OUT_LIBRARIES = (
    "Qt6Qml", "Qt6Quick", "Qt6Sql", "Qt6Test", "Qt6Network", "Qt6Designer", "Qt6Help", "Qt6VirtualKeyboard",
    "Qt6Labs", "Qt6ShaderTools", "Qt6OpenGL", "opengl32sw", "qminimalegl",
)
_KEPT_PLUGINS = {
    "platforms": ("xcb", "offscreen", "minimal", "windows", "wayland"),
    "imageformats": ("svg", "ico", "jpeg"),
    "iconengines": ("svg",),
    "styles": None,
    "printsupport": None,
    "platforminputcontexts": ("ibus", "compose", "fcitx"),
    "platformthemes": ("xdgdesktopportal", "gtk3"),
    "xcbglintegrations": (),
    "generic": (),
    "egldeviceintegrations": (),
    "tls": (), "networkinformation": (), "sqldrivers": (), "qmltooling": (), "qmllint": (), "designer": (),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": (),
}
"""Qt's plugin folders: which plugins stay by a part of their name; None keeps all of a folder."""
_KEPT_TRANSLATIONS = ("qtbase_zh_CN", "qt_zh_CN")


def without_doubles(destinations: list[str]) -> set[str]:
    """Of the libraries' places those that are needed: one that a package keeps in its own ``….libs`` lies there alone.

    numpy's mathematics (20 to 40 MB) would else be taken along a second time, beside the program.
    """
    paths = {d: d.replace("\\", "/") for d in destinations}
    kept_apart = {p.rsplit("/", 1)[1] for p in paths.values() if ".libs/" in p}
    return {d for d, p in paths.items() if "/" in p or p not in kept_apart}


def wanted(destination: str) -> bool:
    """Whether the file that would lie at ``destination`` in the bundle is in use."""
    path = destination.replace("\\", "/")
    name = path.rsplit("/", 1)[-1]
    if any(name.removeprefix("lib").startswith(left) for left in _LEFT_OUT_LIBRARIES):
        return False
    parts = path.split("/")
    if "plugins" in parts:
        folder = parts[parts.index("plugins") + 1]
        kept = _KEPT_PLUGINS.get(folder)
        return kept is None or any(k in name for k in kept)
    if "translations" in parts:
        return any(name.startswith(k) for k in _KEPT_TRANSLATIONS)
    if "qml" in parts:
        return False
    # numpy's and pyqtgraph's own tests and examples, pyqtgraph's own trade mark
    return not ("tests" in parts or "examples" in parts or "peegee" in parts)
