"""Whether anything of practice changed since something was made of it."""

from sqlalchemy import Connection, func, select

from evidence.store.schema import practice_setting, provision_rating, service, service_form

_TABLES = (service, service_form, practice_setting, provision_rating)
STAMPED = len(_TABLES)
"""How many numbers a stamp has."""


def practice_stamp(connection: Connection, review_id: int) -> tuple[int, ...]:
    """The newest row of services, forms, settings and ratings; rows are only added to them.

    Empty where the review has no form about a service.
    """
    newest = [
        connection.execute(
            select(func.max(table.c.id)).where(table.c.review_id == review_id)
        ).scalar()
        or 0
        for table in _TABLES
    ]
    return tuple(newest) if newest[_TABLES.index(service_form)] else ()
