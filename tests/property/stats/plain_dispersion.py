"""Measures of dispersion of one setting, group by group and pair by pair, from the formulas."""

from collections.abc import Sequence
from math import erf, erfc, exp, lgamma, log, pi, sqrt

Numbers = Sequence[float]


def shares(population: Numbers) -> list[float]:
    return [people / sum(population) for people in population]


def mean_of(value: Numbers, population: Numbers) -> float:
    return sum(p * y for p, y in zip(shares(population), value, strict=True))


def weights(population: Numbers, *, weighted: bool) -> list[float]:
    return shares(population) if weighted else [1 / len(population)] * len(population)


def between_group_variance(value: Numbers, population: Numbers) -> float:
    mean = mean_of(value, population)
    return sum(p * (y - mean) ** 2 for p, y in zip(shares(population), value, strict=True))


def mean_difference(value: Numbers, population: Numbers, centre: float, *, weighted: bool) -> float:
    return sum(w * abs(y - centre) for w, y in zip(weights(population, weighted=weighted), value, strict=True))


def covariances(standard_error: Numbers, contrast: Numbers) -> list[list[float]]:
    """Of x_i = y_i - Σ q_j·y_j, from the covariances of independent y: Σ_k L_ik·L_jk·se_k²."""
    size = range(len(standard_error))
    rows = [[(1.0 if i == k else 0.0) - contrast[k] for k in size] for i in size]
    return [[sum(rows[i][k] * rows[j][k] * standard_error[k] ** 2 for k in size) for j in size] for i in size]


def product_traces(matrix: list[list[float]]) -> tuple[float, float]:
    """tr(M) and tr(MM)."""
    size = range(len(matrix))
    return sum(matrix[i][i] for i in size), sum(matrix[i][j] * matrix[j][i] for i in size for j in size)


def noise_of_variance(standard_error: Numbers, population: Numbers) -> tuple[float, float]:
    """tr(AΣ) and tr(AΣAΣ) of BGV = y'Ay, A = diag(p) - pp'."""
    p, size = shares(population), range(len(population))
    return product_traces(
        [[((p[i] if i == j else 0.0) - p[i] * p[j]) * standard_error[j] ** 2 for j in size] for i in size]
    )


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x): a series below the mean, a continued fraction above."""
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = a
        while term > total * 1e-17:
            step += 1
            term *= x / step
            total += term
        return 1 - front * total
    b, c = x + 1 - a, 1e300
    d = fraction = 1 / b
    for i in range(1, 10_000):
        b += 2
        d = 1 / (b - i * (i - a) * d)
        c = b - i * (i - a) / c
        fraction *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return front * fraction


def noncentral_exceedance(x: float, freedom: float, noncentrality: float) -> float:
    """P(χ²(ν, λ) ≥ x): central ones with 2j more degrees of freedom, j from a Poisson distribution of mean λ/2."""
    half, a = noncentrality / 2, freedom / 2
    if half == 0:
        return upper_gamma(a, x / 2)
    total, tail = 0.0, upper_gamma(a, x / 2)
    for j in range(int(half + 12 * sqrt(half) + 40)):
        total += exp(j * log(half) - half - lgamma(j + 1)) * tail
        tail += exp((a + j) * log(x / 2) - x / 2 - lgamma(a + j + 1)) if x > 0 else 0.0
    return total


def exceedance_of_square(t: float, m: float, bias: float, null_variance: float, variance_of_slope: float) -> float:
    """P(T ≥ t | m) of a measure of noise b, v and 4k·t = g'Σg, where t is the value that was observed."""
    k = variance_of_slope / (4 * t) if t > 0 else null_variance / bias
    c = (null_variance + 2 * k * m) / (bias + 2 * m)
    return noncentral_exceedance(t / c, bias / c, m / c)


def folded_moments(
    size: Numbers,
    direction: Numbers,
    weight: Numbers,
    contrast: Numbers,
    standard_error: Numbers,
    divisor: Numbers,
) -> tuple[float, float]:
    """Mean and variance of Σ w|x|: own variances exact, covariances to the second order, pair by pair."""
    groups = range(len(size))
    c = covariances(standard_error, contrast)
    sigma = [sqrt(max(c[i][i], 0.0)) for i in groups]
    e = [erf(size[i] / sigma[i] / sqrt(2)) if sigma[i] > 0 else 1.0 for i in groups]
    g = [sqrt(2 / pi) * exp(-((size[i] / sigma[i]) ** 2) / 2) if sigma[i] > 0 else 0.0 for i in groups]
    folded = [size[i] * e[i] + sigma[i] * g[i] for i in groups]
    mean = sum(weight[i] * folded[i] for i in groups)
    variance = 0.0
    for i in groups:
        variance += weight[i] ** 2 * (size[i] ** 2 + sigma[i] ** 2 - folded[i] ** 2)
        for j in groups:
            if i != j and sigma[i] > 0 and sigma[j] > 0:
                first = e[i] * direction[i] * e[j] * direction[j] * c[i][j]
                second = g[i] * g[j] * c[i][j] ** 2 / (2 * sigma[i] * sigma[j])
                variance += weight[i] * weight[j] * (first + second)
    # What the sum is divided by: Var(S - ρμ̂) = Var(S) - 2ρ·Cov(S, μ̂) + ρ²·Var(μ̂), with Cov by the first order of S.
    for k in groups:
        slope = sum(weight[i] * e[i] * direction[i] * ((1.0 if i == k else 0.0) - contrast[k]) for i in groups)
        variance += (-2 * mean * divisor[k] * slope + mean**2 * divisor[k] ** 2) * standard_error[k] ** 2
    return mean, variance


def exceedance_of_sum(observed: float, mean: float, variance: float) -> float:
    square = mean**2 + variance
    u = variance / square
    freedom = 1 / (2 * u) - 1 / 4 - 3 * u / 8
    return upper_gamma(freedom / 2, freedom / 2 * observed**2 / square)


def exceedance_by_cube_root(observed: float, mean: float, variance: float) -> float:
    """The same by Wilson and Hilferty: the cube root of χ²/ν is about normal."""
    square = mean**2 + variance
    u = variance / square
    freedom = 1 / (2 * u) - 1 / 4 - 3 * u / 8
    z = ((observed**2 / square) ** (1 / 3) - (1 - 2 / (9 * freedom))) / sqrt(2 / (9 * freedom))
    return erfc(z / sqrt(2)) / 2


def exceedance_around_reference(observed: float, signed: Numbers, weight: Numbers, standard_error: Numbers) -> float:
    """The average of P(S ≥ observed) over the noise of the first group, from which all others differ by ``signed``."""
    total = chances = 0.0
    for point in range(-80, 81):
        z = point / 20
        mean = variance = 0.0
        for w, difference, se in list(zip(weight, signed, standard_error, strict=True))[1:]:
            away = abs(difference - z * standard_error[0])
            folded = away * erf(away / se / sqrt(2)) + se * sqrt(2 / pi) * exp(-((away / se) ** 2) / 2)
            mean += w * folded
            variance += w**2 * (away**2 + se**2 - folded**2)
        total += exp(-(z**2) / 2) * exceedance_by_cube_root(observed, mean, variance)
        chances += exp(-(z**2) / 2)
    return total / chances
