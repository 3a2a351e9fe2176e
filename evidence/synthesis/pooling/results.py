"""What pooling gives: a result with its remarks, or the reasons why there is none."""

from dataclasses import dataclass

from evidence.synthesis.pooling.methods import EffectTest, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The two ends of an interval."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """How far studies differ beyond chance.

    Attributes:
        q, free, p: Cochran's Q, its degrees of freedom, and how often chance alone gives as much.
        i2: the share, in per cent, of all variance that is between studies. By the estimator of
            tau² with random effects; by Q with one common effect.
        h2: total over sampling variance, likewise.
        tau2: variance of true effects between studies; 0 with one common effect.
        tau2_limits: its Q-profile interval; None with one common effect or one study.
        i2_limits: the same for I², in per cent.
    """

    q: float
    free: int
    p: float
    i2: float
    h2: float
    tau2: float
    tau2_limits: Limits | None = None
    i2_limits: Limits | None = None


NOT_DIFFERING = Heterogeneity(q=0.0, free=0, p=1.0, i2=0.0, h2=1.0, tau2=0.0)
"""Of a single study, which differs from no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A test whether groups of studies differ.

    Attributes:
        stat: chi-squared, or F.
        free: degrees of freedom: groups less 1.
        p: how often chance alone gives as much.
        within: the second degrees of freedom of F; None for chi-squared.
    """

    stat: float
    free: int
    p: float
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """A pooled effect on the scale of analysis.

    Attributes:
        method, test: how it was pooled and tested; the test may be another than was asked for,
            which a remark then says.
        level: of all intervals, such as 0.95.
        k: studies.
        estimate, se, stat, p: the effect, its standard error, z or t, and two-sided p.
        plain_se: the standard error without Knapp and Hartung's factor.
        limits: the confidence interval.
        wald: the same with the normal distribution, whatever the test.
        prediction: where the true effect of a new study lies, with the distribution of the test as
            metafor's default; None with one common effect.
        printed_prediction: the same with t of k − 1 degrees of freedom, from 3 studies on; this is
            printed under figures.
        weights: of each study in per cent, in their order.
        remarks: what people should know, a sentence each.
    """

    method: Method
    test: EffectTest
    level: float
    k: int
    estimate: float
    se: float
    stat: float
    p: float
    plain_se: float
    limits: Limits
    wald: Limits
    heterogeneity: Heterogeneity
    prediction: Limits | None
    printed_prediction: Limits | None
    weights: tuple[float, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPooled:
    """No result, and why.

    Attributes:
        reasons: at least one, each in a sentence that says what to do.
    """

    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why, in plain words."""
        return " ".join(self.reasons)
