/**
 * Kubernetes: what was rolled out of the workloads that serve models, and how their containers and
 * nodes are. Knows the evidence it gives and the client it asks with, and nobody else.
 */
@NullMarked
package dev.samovar.kubernetes;

import org.jspecify.annotations.NullMarked;
