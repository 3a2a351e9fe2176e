"""All checklists, by the names that live parts and commands have for them."""

from collections.abc import Mapping

from evidence.report.checklists.item import Checklist
from evidence.report.checklists.prisma_2020 import PRISMA_2020
from evidence.report.checklists.prisma_s import PRISMA_S
from evidence.report.checklists.prisma_scr import PRISMA_SCR
from evidence.report.checklists.roses_maps import ROSES_MAPS
from evidence.report.checklists.roses_reviews import ROSES_REVIEWS
from evidence.report.checklists.swim import SWIM

CHECKLISTS: Mapping[str, Checklist] = {
    "prisma-2020": PRISMA_2020,
    "prisma-scr": PRISMA_SCR,
    "prisma-s": PRISMA_S,
    "swim": SWIM,
    "roses-maps": ROSES_MAPS,
    "roses-reviews": ROSES_REVIEWS,
}
