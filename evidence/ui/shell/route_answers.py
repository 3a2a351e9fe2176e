"""What the server's own routes say where they have nothing to give."""

from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response

from evidence.documents.pdf.unreadable import UnreadablePdf
from evidence.errors import Invalid, NotAllowed, NotFound, Unavailable


def in_words(give: Callable[[], Response], not_there: str) -> Response:
    """What a route gives, or why it gives nothing, in words; `not_there` for what is not found."""
    try:
        return give()
    except NotFound:
        return PlainTextResponse(not_there, 404)
    except NotAllowed as error:
        return PlainTextResponse(str(error), 403)
    except UnreadablePdf as error:
        return PlainTextResponse(str(error), 422)
    except Invalid as error:
        return PlainTextResponse(str(error), 400)
    except Unavailable as error:
        return PlainTextResponse(str(error), 503)
