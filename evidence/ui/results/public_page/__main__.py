"""`python -m evidence serve --public` goes on here, with the address and the port to listen at."""

import sys

from evidence.ui.results.public_page.server import serve

serve(sys.argv[1], int(sys.argv[2]))
