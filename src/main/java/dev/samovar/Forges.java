package dev.samovar;

import dev.samovar.config.ConfigurationException;
import dev.samovar.config.Repositories;
import dev.samovar.config.Secret;
import dev.samovar.evidence.EventFeed;
import dev.samovar.evidence.RepositoryFiles;
import dev.samovar.github.GitHub;
import dev.samovar.gitlab.GitLab;
import dev.samovar.repository.DeployedFiles;
import dev.samovar.repository.RepositoryFeed;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Feeds of the places where the models' code is. */
record Forges(List<EventFeed> feeds, List<RepositoryFiles> files, List<Runnable> closing) {
  Forges {
    files = List.copyOf(files);
    feeds = List.copyOf(feeds);
    closing = List.copyOf(closing);
  }

  static Forges of(Repositories repositories, Clock clock) throws ConfigurationException {
    List<EventFeed> feeds = new ArrayList<>();
    List<RepositoryFiles> files = new ArrayList<>();
    List<Runnable> closing = new ArrayList<>();
    if (!repositories.at(Repositories.GITHUB).isEmpty()) {
      GitHub github = github(repositories.github(), clock);
      feeds.add(new RepositoryFeed(github, repositories.at(Repositories.GITHUB)));
      files.add(new DeployedFiles(github, repositories.at(Repositories.GITHUB)));
      closing.add(github::close);
    }
    if (!repositories.at(Repositories.GITLAB).isEmpty()) {
      GitLab gitlab = gitlab(repositories.gitlab(), clock);
      feeds.add(new RepositoryFeed(gitlab, repositories.at(Repositories.GITLAB)));
      files.add(new DeployedFiles(gitlab, repositories.at(Repositories.GITLAB)));
      closing.add(gitlab::close);
    }
    return new Forges(feeds, files, closing);
  }

  private static GitHub github(Repositories.Host host, Clock clock) throws ConfigurationException {
    try {
      return new GitHub(host.url(), host.token().map(Secret::value), host.caFile(), clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("github.ca_file: " + e.getMessage()));
    }
  }

  private static GitLab gitlab(Repositories.Host host, Clock clock) throws ConfigurationException {
    try {
      return new GitLab(host.url(), host.token().map(Secret::value), host.caFile(), clock);
    } catch (IOException e) {
      throw new ConfigurationException(List.of("gitlab.ca_file: " + e.getMessage()));
    }
  }
}
