"""Who asks: one answer for pages, websockets, uploads, and the server's own routes."""

from collections.abc import Mapping

from evidence.steps.accounts import signing_in
from evidence.steps.review import people
from evidence.store import Store
from evidence.store.review.people import Person

COOKIE = "waymark"  # its value is random and says nothing; the store keeps the hash


def person_of(store: Store, cookies: Mapping[str, str]) -> Person | None:
    """Whose browser sent a request with these cookies; None for a browser that is nobody's.

    A page passes the cookies of its websocket, a route those of its request. The store is asked
    each time, so that whoever leaves in one tab has left in all, and whoever loses access has lost
    it everywhere. On a server for teams only a session counts, not a name that was once given.
    """
    token = cookies.get(COOKIE, "")
    if not store.private:
        return people.of_browser(store, token)
    session = signing_in.who_holds(store, token)
    return session.person if session else None
