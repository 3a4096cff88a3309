package dev.samovar.statistics;

/**
 * The outcome of a test.
 *
 * @param statistic G, χ² or z, as the test says
 * @param degreesOfFreedom of the χ² distribution that the statistic (for z: its square) follows
 *     when nothing changed; 0 when there was nothing to compare
 * @param p the probability of a statistic at least as extreme when nothing changed, in [0, 1]
 */
public record Significance(double statistic, int degreesOfFreedom, double p) {}
