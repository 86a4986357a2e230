"""A register's definition in a file that a person wrote: nothing of it is believed before it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterView,
    definition_faults,
    definition_from_data,
)

WIDEST = 200
"""Characters a column may ask for."""
_KINDS = "、".join(k.value for k in RegisterKind)


def read_definition_file(data: Any) -> RegisterDefinition:
    """The definition that ``data`` (read from JSON) describes. Raises ValueError with a sentence for the person."""
    _known(data, RegisterDefinition, "定义")
    for at, own in enumerate(data["fields"], 1):
        _field(own, at)
    for at, view in enumerate(data.get("views", ()), 1):
        _known(view, RegisterView, f"第 {at} 个视图")
        _view(view, at)
    found = definition_from_data(data)
    labels = {f.key for f in found.fields}
    faults = definition_faults(found)
    faults += [f"视图“{v.name}”用到不存在的字段" for v in found.views if not {*v.fields, *(v.only[:1] if v.only else ())} <= labels]
    if faults:
        raise ValueError("；".join(faults))
    return found


def _field(own: Any, at: int) -> None:
    _known(own, RegisterField, f"第 {at} 个字段")
    if own.get("kind", "text") not in {k.value for k in RegisterKind}:
        raise ValueError(f"第 {at} 个字段的 kind 只能是 {_KINDS} 之一")
    if own.get("kind") == RegisterKind.FIGURE.value and not own.get("figure"):
        raise ValueError(f"第 {at} 个字段取自台账，还要写 figure，如 project.year_investment")
    if not 0 <= own.get("width", 0) <= WIDEST:
        raise ValueError(f"第 {at} 个字段的 width 应在 0 到 {WIDEST} 之间")


def _view(view: Mapping[str, Any], at: int) -> None:
    only = view.get("only")
    if only is not None and not (isinstance(only, list) and len(only) == 2 and isinstance(only[0], str) and _words(only[1])):
        raise ValueError(f"第 {at} 个视图的 only 应写成 [字段, [选项…]]")


def _known(data: Any, shape: type, called: str) -> None:
    """``data`` has the names of the dataclass ``shape``, each with a value of its kind."""
    if not isinstance(data, dict):
        raise ValueError(f"{called}应是 {{…}}")
    declared = {f.name: f for f in fields(shape)}
    if strange := sorted(set(data) - set(declared)):
        raise ValueError(f"{called}里不认识 {'、'.join(strange)}，可用 {'、'.join(declared)}")
    if lacking := [name for name, f in declared.items() if f.default is MISSING and f.default_factory is MISSING and name not in data]:
        raise ValueError(f"{called}缺少 {'、'.join(lacking)}")
    for name, value in data.items():
        kind = str(declared[name].type)
        if name == "only" or (value is None and "None" in kind):
            continue
        fits = (isinstance(value, list) if name in ("fields", "views") and shape is RegisterDefinition
                else _words(value) if kind.startswith("tuple") else isinstance(value, bool) if kind == "bool"
                else isinstance(value, int) and not isinstance(value, bool) if kind == "int" else isinstance(value, str))
        if not fits:
            raise ValueError(f"{called}的 {name} 写得不对")


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
