"""How somebody wants the coding of a file of EPPI-Reviewer to come in."""

from dataclasses import dataclass

from evidence.screening.verdicts import Stage
from evidence.store import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the coding of a file shall come in.

    Attributes:
        coder: the name of who coded; "" for the person at the desk.
        is_agreed: it is what several coders agreed.
        is_complete: new codings count as complete; else they are drafts.
        include: works of coded references on which nobody has decided are included.
        heed_flags: works with the flag E or D on which nobody has decided are excluded; else flags
            change nothing, since nobody need have decided them.
        stages: screening sets of the file, by their numbers (eppi/screening_sets.py), whose codes
            become decisions at a stage; each other set is a scheme.
    """

    coder: str = ""
    is_agreed: bool = False
    is_complete: bool = True
    include: bool = True
    heed_flags: bool = False
    stages: tuple[tuple[int, Stage], ...] = ()

    @property
    def role(self) -> Role:
        """What it takes: only the owner brings something in under another person's name."""
        return Role.OWNER if self.coder and not self.is_agreed else Role.EDITOR
