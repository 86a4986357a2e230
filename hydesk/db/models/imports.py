"""Files taken in, kept as they came, with what was read of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, Words, mapped_column


class Import(Base):
    """A return or a project list taken in. Whether it is undone stands on its act.

    ``kind`` is return or projects; ``status`` applied, partly_applied, received (kept until somebody has reviewed it)
    or sent_back (the county is to mend it; nothing of it was written); ``superseded_by`` the later return of the
    same unit and period that replaced it (in force only while that one is not undone); ``sheets`` is JSON of the
    sheets and columns as they were understood, ``decisions`` JSON of what was decided in the review so far,
    ``note`` what the office wrote to the county when sending it back.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("ix_imports_period_unit_id", "period", "unit_id"),)
    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"), index=True)
    kind: Mapped[Short]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    period: Mapped[str | None]
    year: Mapped[int | None]
    status: Mapped[Short]
    actor: Mapped[str]
    at: Mapped[Moment]
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    sheets: Mapped[str]
    decisions: Mapped[Words]
    note: Mapped[Words]


class ImportFile(Base):
    """The original bytes, apart so that lists of imports never load them."""

    __tablename__ = "import_files"
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    content: Mapped[bytes]


class ImportRow(Base):
    """A project row of an import; ``project_id`` is None for a stranger, ``applied`` says whether it was written."""

    __tablename__ = "import_rows"
    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    sheet: Mapped[str]
    row: Mapped[int]
    name: Mapped[str]
    match: Mapped[str | None]
    applied: Mapped[bool]


class ImportCell(Base):
    """A value of an import row: field, cell, the words that stood there and what they were read as (as in the log)."""

    __tablename__ = "import_cells"
    row_id: Mapped[int] = mapped_column(ForeignKey("import_rows.id"), primary_key=True)
    field: Mapped[Short] = mapped_column(primary_key=True)
    cell: Mapped[str | None]
    words: Mapped[Words]
    value: Mapped[Words]


class ImportFinding(Base):
    """What was found wrong or worth knowing in an import."""

    __tablename__ = "import_findings"
    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    level: Mapped[Short]
    code: Mapped[Short]
    message: Mapped[str]
    sheet: Mapped[str | None]
    row: Mapped[int | None]
    cell: Mapped[str | None]
    column: Mapped[str | None]
    project: Mapped[str | None]
    field: Mapped[str | None]
    suggestion: Mapped[int | None] = mapped_column(BigInteger)
