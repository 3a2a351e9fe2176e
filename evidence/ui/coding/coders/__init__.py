"""The page Coders: how many people code a study, who codes what, pilots, and how far they agree."""

from evidence.ui.coding.coders.agreement import agreement_tab
from evidence.ui.coding.coders.how_many import how_many_tab
from evidence.ui.coding.coders.pilots import pilots_tab
from evidence.ui.coding.coders.who_codes import who_codes_tab

__all__ = ["agreement_tab", "how_many_tab", "pilots_tab", "who_codes_tab"]
