/**
 * What was deployed or merged, as changes of a model: the same for all places where code is kept.
 * Each such place is a {@link dev.samovar.repository.Forge} in a room of its own.
 */
@NullMarked
package dev.samovar.repository;

import org.jspecify.annotations.NullMarked;
