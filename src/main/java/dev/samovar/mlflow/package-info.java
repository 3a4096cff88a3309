/**
 * MLflow: the versions of registered models, and the runs that trained them. Knows the evidence it
 * gives and the client it asks with, and nobody else.
 */
@NullMarked
package dev.samovar.mlflow;

import org.jspecify.annotations.NullMarked;
