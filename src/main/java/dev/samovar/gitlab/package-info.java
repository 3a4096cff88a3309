/** Deployments and merge requests, from the REST API of GitLab. */
@NullMarked
package dev.samovar.gitlab;

import org.jspecify.annotations.NullMarked;
