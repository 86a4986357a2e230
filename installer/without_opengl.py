"""Runs first in the frozen program: stands in for Qt's OpenGL modules, which are left out.

pyqtgraph imports them for ways of drawing that hydesk never asks for. What it finds instead has the one class it builds
upon, a plain widget, and is made only when it is asked for: most commands never load Qt.
"""

import sys
import types
from importlib.machinery import ModuleSpec

NAMES = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets")


class WithoutOpenGL:
    """Finds and makes the two modules."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return ModuleSpec(name, WithoutOpenGL) if name in NAMES else None

    @staticmethod
    def create_module(spec):
        return types.ModuleType(spec.name)

    @staticmethod
    def exec_module(module):
        from PySide6.QtWidgets import QWidget

        module.QOpenGLWidget = type("QOpenGLWidget", (QWidget,), {})


sys.meta_path.insert(0, WithoutOpenGL)
