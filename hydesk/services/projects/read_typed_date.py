"""A date as a clerk types it."""

from __future__ import annotations

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError


def read_typed_date(text: str, year: int) -> LooseDate | None:
    """The date in ``text``, as loosely as returns write dates (2023-9-5, 9-5, 2023.9, 9月底, 三季度); None for nothing.

    ``year`` is meant where none is said. Raises HydeskError where no date can be told.
    """
    from hydesk.returns.dates import read_date
    from hydesk.returns.register_rows import month_and_day

    if not text.strip():
        return None
    found = month_and_day(text.strip(), year) or read_date(text.strip(), year)
    if found is None:
        raise HydeskError(f"“{text.strip()}”认不出是哪一天，可写 2023-9-5、9-5、2023.9、9月底、三季度")
    return found
