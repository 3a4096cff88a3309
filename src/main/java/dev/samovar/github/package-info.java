/** Deployments and pull requests, from the REST API of GitHub or a GitHub Enterprise Server. */
@NullMarked
package dev.samovar.github;

import org.jspecify.annotations.NullMarked;
