/**
 * Argo CD: what it deployed of a model's applications, and how that went. Knows the evidence it
 * gives and the client it asks with, and nobody else.
 */
@NullMarked
package dev.samovar.argocd;

import org.jspecify.annotations.NullMarked;
