"""How effects are pooled and tested, by the names that metafor gives."""

from enum import StrEnum


class Method(StrEnum):
    """How effects are pooled."""

    FE = "FE"
    MH = "MH"
    PETO = "PETO"
    DL = "DL"
    PM = "PM"
    REML = "REML"
    SJ = "SJ"
    HE = "HE"

    @property
    def is_random(self) -> bool:
        """Whether true effects are taken to differ between studies, with variance tau²."""
        return self not in {Method.FE, Method.MH, Method.PETO}

    @property
    def needs_tables(self) -> bool:
        """Whether it pools 2x2 tables and not effects with variances."""
        return self in {Method.MH, Method.PETO}

    @property
    def full_name(self) -> str:
        """What people know it as."""
        return _FULL_NAMES[self]


_FULL_NAMES = {
    Method.FE: "inverse variance, one common effect",
    Method.MH: "Mantel-Haenszel, one common effect",
    Method.PETO: "Peto, one common effect",
    Method.DL: "random effects, DerSimonian and Laird",
    Method.PM: "random effects, Paule and Mandel",
    Method.REML: "random effects, restricted maximum likelihood",
    Method.SJ: "random effects, Sidik and Jonkman",
    Method.HE: "random effects, Hedges",
}


class EffectTest(StrEnum):
    """How the pooled effect is tested and its interval made."""

    Z = "z"
    KNHA = "knha"

    @property
    def full_name(self) -> str:
        """What people know it as."""
        return "normal distribution" if self is EffectTest.Z else "Knapp and Hartung"
