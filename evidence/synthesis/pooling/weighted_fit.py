"""Weighted least squares of study effects, for one or for many values of tau² at once."""

from dataclasses import dataclass

import numpy as np

from evidence.synthesis.pooling.study_effects import Numbers, Observed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """A model fitted with weights 1 / (v + tau²), once for each of g values of tau².

    With P = W − W X (X'WX)⁻¹ X'W, as Viechtbauer (2005, doi:10.3102/10769986030003261) writes the
    estimators of tau² with it; the k by k matrix itself is never made.

    Attributes:
        coefficients: (g, p).
        roots: (g, p, p) of the covariance (X'WX)⁻¹: that is root times its transpose, so that the
            variance of a combination c of coefficients, |c root|², is never below 0.
        rest: (g,) sums of weighted squares around the model, y'Py; Cochran's Q where tau² is 0.
        rest_of_squares: (g,) y'PPy.
        trace, trace_of_square: (g,) of P and of PP.
        log_likelihood: (g,) restricted, without what does not depend on tau².
    """

    coefficients: Numbers
    roots: Numbers
    rest: Numbers
    rest_of_squares: Numbers
    trace: Numbers
    trace_of_square: Numbers
    log_likelihood: Numbers

    @property
    def score(self) -> Numbers:
        """(g,) twice the slope of the restricted likelihood: it rises with tau² where above 0."""
        return self.rest_of_squares - self.trace


def fits(seen: Observed, tau2: Numbers) -> Fits:
    """The model at each of these values of tau², by QR decomposition.

    Args:
        seen: the effects and the columns of the model, which must not depend on each other.
        tau2: (g,) on the scale of `seen`.
    """
    weights = 1 / (seen.v + tau2[:, None])
    roots = np.sqrt(weights)
    q, r = np.linalg.qr(roots[:, :, None] * seen.design)
    aimed = np.einsum("gkp,gk->gp", q, roots * seen.y)
    coefficients = np.linalg.solve(r, aimed[:, :, None])[:, :, 0]
    apart = seen.y - np.einsum("kp,gp->gk", seen.design, coefficients)
    leverage = np.einsum("gkp,gkp->gk", q, q)
    rest = np.sum(weights * apart * apart, axis=1)
    diagonal = np.abs(np.diagonal(r, axis1=1, axis2=2))
    crossed = np.einsum("gkp,gk,gkq->gpq", q, weights, q)
    squares = weights * weights
    return Fits(
        coefficients=coefficients,
        roots=np.linalg.inv(r),
        rest=rest,
        rest_of_squares=np.sum((weights * apart) ** 2, axis=1),
        trace=np.sum(weights * (1 - leverage), axis=1),
        trace_of_square=np.sum(squares * (1 - 2 * leverage), axis=1)
        + np.sum(crossed * crossed, axis=(1, 2)),
        log_likelihood=np.sum(np.log(weights), axis=1) / 2
        - np.sum(np.log(diagonal), axis=1)
        - rest / 2,
    )


def fit(seen: Observed, tau2: float) -> Fits:
    """The model at one value of tau²; each array has one row."""
    return fits(seen, np.array([tau2]))
